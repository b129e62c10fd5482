import type { StoredLetter } from "../../catalogue/letters/letter-repository.ts";
import type { Letter } from "../../model/letter/letter.ts";
import type { CourtesyLetter } from "./courtesy-letter.ts";

/** A stored letter about errors, with its content. */
export interface MadeLetter extends Omit<StoredLetter, "content" | "kind"> {
  readonly kind: "errors";
  readonly letter: Letter;
}

/** A stored courtesy letter, with its content. */
export interface MadeCourtesy extends Omit<StoredLetter, "content" | "kind"> {
  readonly kind: "courtesy";
  readonly letter: CourtesyLetter;
}

/** A stored letter of any kind. */
export type AnyLetter = MadeLetter | MadeCourtesy;

/** Adds the type of a stored letter's content. Only this application writes letters, so the content is not validated. */
export function anyLetter({ content, kind, ...rest }: StoredLetter): AnyLetter {
  return kind === "errors" ? { ...rest, kind, letter: content as Letter } : { ...rest, kind, letter: content as CourtesyLetter };
}

/** Returns a letter about errors, or null for a courtesy letter, which has neither points nor an annex. */
export function letterAboutErrors(stored: StoredLetter | null): MadeLetter | null {
  const found = stored === null ? null : anyLetter(stored);
  return found?.kind === "errors" ? found : null;
}
