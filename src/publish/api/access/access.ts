/** What somebody may read. `reuse`: what has an open licence, as anybody; `site`: all that is live. `name`: whose key it is; null: without one. */
export interface Access {
  readonly scope: "reuse" | "site";
  readonly name: string | null;
  /** Headers of every answer to them: what is left of their limit. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Says what who asks may read, by the request and their address. Throws `ApiProblem` (401, 403, 429) where they are not let in. */
export type AccessOf = (request: Request, client: string) => Access | Promise<Access>;

/** Everybody reads what may be used again. */
export const everybody: AccessOf = () => ({ scope: "reuse", name: null });
