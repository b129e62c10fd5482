/** A problem in a connector or a term file. */
export interface RegistryProblem {
  /** Path of the file, or name of the version in the catalogue. */
  readonly file: string;
  /** The version in the catalogue, if the problem is in one. */
  readonly version?: { readonly connector: string; readonly number: number };
  /** Line in a term file, from 1. */
  readonly line?: number;
  /** Key in a connector: `fields.startDate.formats[0]`. */
  readonly key?: string;
  readonly message: string;
  /** Likely correction. */
  readonly didYouMean?: string;
}

/** A problem in one connector, whose file the caller knows. */
export type Found = Pick<RegistryProblem, "key" | "message" | "didYouMean">;

/** Thrown for invalid connectors or term files. `problems` is never empty. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
  constructor(readonly problems: readonly RegistryProblem[]) {
    super(problems.map(describeProblem).join("\n"));
  }
}

/** Formats a problem as one line. */
export function describeProblem({ file, line, key, message, didYouMean }: RegistryProblem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  const at = key === undefined || key === "" ? place : `${place}: ${key}`;
  return didYouMean === undefined ? `${at}: ${message}` : `${at}: ${message}, did you mean ${didYouMean}?`;
}
