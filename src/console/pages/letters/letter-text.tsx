import { readableText } from "../../../kit/values/html/readable-text.ts";
import type { AnyLetter } from "../../../partners/correspondence/stored-letter.ts";
import type { ConsoleSettings } from "../../console-settings.ts";
import { CourtesyBody } from "./courtesy/courtesy-body.tsx";
import { LetterBody } from "./letter-body.tsx";

/** Returns a letter as its publisher reads it, as text. */
export async function letterText(
  made: Pick<AnyLetter, "by" | "at"> & Pick<AnyLetter, "kind" | "letter">,
  settings: ConsoleSettings,
): Promise<string> {
  const { by, at, ...about } = made as AnyLetter;
  const body =
    about.kind === "courtesy" ? (
      <CourtesyBody letter={about.letter} at={at} path={null} settings={settings} />
    ) : (
      <LetterBody letter={about.letter} by={by} at={at} annex="annexe.csv" settings={settings} language={undefined} />
    );
  // Captions repeat the text before their tables, for screen readers.
  return readableText(`${await body.toString()}`.replace(/<caption.*?<\/caption>/gs, ""));
}
