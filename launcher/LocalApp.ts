import type { AppDefaults, Settings } from "./settings.ts";

/** The Worker of an app, absolute paths; what is left out stands in its configuration. */
interface WorkerFiles {
  readonly config: string;
  readonly name?: string;
  readonly entrypoint?: string;
  /** The folder of the page. */
  readonly assets?: string;
}

/** Something that can be started on this machine. */
export interface LocalApp extends AppDefaults {
  /** How it is called when it is ready. */
  readonly title: string;
  readonly worker: WorkerFiles;
  /**
   * Makes what the Worker and the triggers are started from. Resolves with the folder of the triggers and their functions.
   * @throws StartError or DeclarationError
   */
  prepare(settings: Settings): Promise<string>;
  /** Whether its Worker sends mails: here they are written to files. */
  readonly sendsMails?: true;
  /** Variables of its Worker for data that is made up. */
  readonly demoVars?: Readonly<Record<string, string>>;
  /** Makes data to play with. @throws Error when the API refuses. */
  seed(origin: string): Promise<void>;
  /** What to print when everything runs. */
  welcome(settings: Settings, origin: string): string;
}
