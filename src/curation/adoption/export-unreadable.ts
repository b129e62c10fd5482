/** The file is not an export of Aides-territoires, or is incomplete. The message says what to do. */
export class ExportUnreadable extends Error {
  override readonly name = "ExportUnreadable";
  constructor(
    /** File name as given. */
    readonly file: string,
    /** Position in the file (`aid 17`, `line 3, aid 2`); null for the whole file. */
    readonly position: string | null,
    /** The problem and its solution. */
    readonly problem: string,
  ) {
    super(`${file}${position === null ? "" : `, ${position}`}: ${problem}`);
  }
}
