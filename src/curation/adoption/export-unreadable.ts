/** The file is no export of Aides-territoires, or not a whole one. Nothing of it is taken over; a person must save it again. The message says all three. */
export class ExportUnreadable extends Error {
  override readonly name = "ExportUnreadable";
  constructor(
    /** Name of the file as it was given. */
    readonly file: string,
    /** Where in the file (`aid 17`, `line 3, aid 2`); null: the file as a whole. */
    readonly position: string | null,
    /** What is wrong and what to do. */
    readonly problem: string,
  ) {
    super(`${file}${position === null ? "" : `, ${position}`}: ${problem}`);
  }
}
