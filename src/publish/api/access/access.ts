/** What a client may read. `reuse`: aids under an open licence; `site`: everything live. `name`: of the key, or null without one. */
export interface Access {
  readonly scope: "reuse" | "site";
  readonly name: string | null;
  /** Headers of every answer: the remaining rate limit. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns a client's access by request and address. Throws `ApiProblem` (401, 403, 429) if it is refused. */
export type AccessOf = (request: Request, client: string) => Access | Promise<Access>;

/** Everybody may read what may be reused. */
export const everybody: AccessOf = () => ({ scope: "reuse", name: null });
