import type { Settings } from "./settings.ts";

/** The Worker of an app, absolute paths; what is left out stands in its configuration. */
interface WorkerFiles {
  readonly config: string;
  readonly name?: string;
  readonly entrypoint?: string;
  /** The folder of the page. */
  readonly assets?: string;
}

/** Something that can be started on this machine. */
export interface LocalApp {
  /** How it is called when it is ready. */
  readonly title: string;
  /** The database to use where nobody names one. */
  readonly database: string;
  /** Where it keeps what it has to keep, relative to the project, where nobody says otherwise. */
  readonly dataDir: string;
  readonly worker: WorkerFiles;
  /**
   * Makes what the Worker and the triggers are started from. Resolves with the folder of the triggers and their functions.
   * @throws StartError or DeclarationError
   */
  prepare(settings: Settings): Promise<string>;
  /** Makes data to play with. @throws Error when the API refuses. */
  seed(origin: string): Promise<void>;
  /** What to print when everything runs. */
  welcome(settings: Settings, origin: string): string;
}
