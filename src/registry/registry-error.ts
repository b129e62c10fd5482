/** One thing that is wrong with a connector or a term file. */
export interface RegistryProblem {
  /** Path of the file; of a connector's version in the catalogue, what it is called. */
  readonly file: string;
  /** The version in the catalogue, and whose it is. */
  readonly version?: { readonly connector: string; readonly number: number };
  /** Line of a term file, from 1. */
  readonly line?: number;
  /** Key of a connector (`fields.startDate.formats[0]`). */
  readonly key?: string;
  readonly message: string;
  /** What was probably meant. */
  readonly didYouMean?: string;
}

/** Connectors or term files that are refused: nothing runs by them until a person has mended them. `problems` holds at least one. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
  constructor(readonly problems: readonly RegistryProblem[]) {
    super(problems.map(describeProblem).join("\n"));
  }
}

/** One line: file, line or key, what is wrong, what was probably meant. */
export function describeProblem({ file, line, key, message, didYouMean }: RegistryProblem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  const at = key === undefined || key === "" ? place : `${place}: ${key}`;
  return didYouMean === undefined ? `${at}: ${message}` : `${at}: ${message}, did you mean ${didYouMean}?`;
}
