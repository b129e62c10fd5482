import type { KnownApiToken } from "../../../catalogue/accounts/api-token-repository.ts";

/**
 * Rights of a client. `reuse`: it may read aids under an open licence; `site`: all live aids. `name`: name of its key, or null without a
 * key.
 */
export interface Access {
  readonly scope: "reuse" | "site";
  readonly name: string | null;
  /** Headers of every answer: the remaining rate limit. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The key that the request exchanges. */
  readonly key?: KnownApiToken;
}

/** Returns a client's access by request and address. Throws `ApiProblem` (401, 403, 429) if it is refused. */
export type AccessOf = (request: Request, client: string) => Access | Promise<Access>;

/** Gives every client the rights of an anonymous one. */
export const everybody: AccessOf = () => ({ scope: "reuse", name: null });
