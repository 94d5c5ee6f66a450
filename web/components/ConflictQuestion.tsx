import { useId } from "preact/hooks";
import type { Choice, ConflictField, Side } from "../edits/conflict.ts";
import { fieldLabel, fieldText, lineTexts } from "../edits/fieldText.ts";
import type { LinePiece } from "../edits/linePieces.ts";
import { markDifferences } from "../edits/markDifferences.ts";
import { useCookbook } from "./useCookbook.ts";

interface ConflictQuestionProps {
  readonly field: ConflictField;
  /** Whose the other version is, as in “Jane’s”. */
  readonly owner: string;
  readonly choice: Choice;
  readonly onChoose: (field: string, piece: number, side: Side) => void;
}

/** One field that two people have changed: both versions, piece by piece where it is a list. */
export function ConflictQuestion({ field, owner, choice, onChoose }: ConflictQuestionProps) {
  const recipes = useCookbook().recipes.value ?? [];
  const { name, mine, theirs, pieces } = field;
  const label = fieldLabel(name);
  if (pieces === null) {
    return (
      <Versions
        label={label}
        owner={owner}
        mine={fieldText(name, mine, recipes)}
        theirs={fieldText(name, theirs, recipes)}
        side={choice(name, 0)}
        onChoose={(side) => onChoose(name, 0, side)}
      />
    );
  }
  return (
    <section class="conflict-lines" aria-label={label}>
      {pieces.map((piece, index) => (
        <Piece
          key={index}
          name={name}
          piece={piece}
          owner={owner}
          side={choice(name, index)}
          onChoose={(side) => onChoose(name, index, side)}
        />
      ))}
    </section>
  );
}

interface PieceProps {
  readonly name: string;
  readonly piece: LinePiece;
  readonly owner: string;
  readonly side: Side;
  readonly onChoose: (side: Side) => void;
}

function Piece({ name, piece, owner, side, onChoose }: PieceProps) {
  if (piece.kind === "agreed") return <Agreed lines={lineTexts(name, piece.lines)} />;
  return (
    <Versions
      label={fieldLabel(name)}
      owner={owner}
      mine={lineTexts(name, piece.mine).join("\n")}
      theirs={lineTexts(name, piece.theirs).join("\n")}
      side={side}
      onChoose={onChoose}
    />
  );
}

/** Lines that are in no question: enough of them to see where one is. */
function Agreed({ lines }: { readonly lines: readonly string[] }) {
  const [first, last] = [lines.at(0), lines.at(-1)];
  return (
    <ul class="conflict-agreed">
      <li>{first}</li>
      {lines.length === 3 && <li>{lines[1]}</li>}
      {lines.length > 3 && <li>… {lines.length - 2} lines as they are …</li>}
      {lines.length > 1 && <li>{last}</li>}
    </ul>
  );
}

interface VersionsProps {
  readonly label: string;
  readonly owner: string;
  readonly mine: string;
  readonly theirs: string;
  readonly side: Side;
  readonly onChoose: (side: Side) => void;
}

function Versions({ label, owner, mine, theirs, side, onChoose }: VersionsProps) {
  const group = useId();
  return (
    <fieldset class="versions">
      <legend>{label}</legend>
      <Version
        group={group}
        isMine={false}
        whose={owner}
        value={theirs}
        other={mine}
        isChosen={side === "theirs"}
        onChoose={() => onChoose("theirs")}
      />
      <Version
        group={group}
        isMine
        whose="Yours"
        value={mine}
        other={theirs}
        isChosen={side === "mine"}
        onChoose={() => onChoose("mine")}
      />
    </fieldset>
  );
}

interface VersionProps {
  readonly group: string;
  readonly isMine: boolean;
  readonly whose: string;
  readonly value: string;
  readonly other: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Version({ group, isMine, whose, value, other, isChosen, onChoose }: VersionProps) {
  return (
    <label class={isMine ? "version mine" : "version"}>
      <span class="version-whose">
        {whose}
        <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
      </span>
      <span class="version-text">
        {value === "" ? <i>nothing</i> : markDifferences(value, other).map(markedPart)}
      </span>
    </label>
  );
}

function markedPart({ text, differs }: ReturnType<typeof markDifferences>[number]) {
  return differs ? <mark>{text}</mark> : text;
}
