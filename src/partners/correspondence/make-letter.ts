import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { type Refused, refusedAct } from "../../model/act-refusal.ts";
import { newToken, tokenHash } from "../../platform/secret-token.ts";
import { hasSameContent } from "../letters/compare-letters.ts";
import { writeCourtesy } from "./courtesy-letter.ts";
import { type LetterServices, prepareLetter, type RunOfLetter, runOfLetter } from "./prepare-letter.ts";
import { type AnyLetter, anyLetter, letterAboutErrors, type MadeLetter } from "./stored-letter.ts";

/** Who makes a letter. `token`: of its future address, so that a form sent twice makes one letter; a new one if it is null or used. */
export interface LetterMaker {
  readonly by: string;
  readonly now: Date;
  readonly token: string | null;
}

/**
 * A made letter. `token`: of its address, which is stored nowhere. Without a token, the same person has just made this letter about the same
 * run. `details`: for the audit trail.
 */
export interface LetterMade<Made extends AnyLetter = AnyLetter> {
  readonly made: Made;
  readonly token: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A repeated request within this time returns the existing letter. */
const sameForMs = 10 * 60_000;

/**
 * Makes a letter about the errors of a connector's feed. Returns `unchanged`, and makes nothing, if the letter that was sent last has the same
 * content, unless `isAnyway` is set.
 */
export async function makeLetter(
  services: LetterServices,
  connector: LoadedConnector,
  maker: LetterMaker,
  { isAnyway }: { readonly isAnyway: boolean },
): Promise<LetterMade<MadeLetter> | { readonly unchanged: MadeLetter } | Refused> {
  const { catalogue } = services;
  const { id } = connector.definition;
  const run = await runOfLetter(catalogue, id);
  if ("refused" in run) return run;
  const same = await sameLetter(catalogue, { connector: id, runId: run.runId, by: maker.by }, sameSince(maker));
  if (same !== null) return madeBefore(same, run);
  const { letter, annex } = await prepareLetter(services, connector, run, maker.now);
  const unchanged = isAnyway ? null : await sameSentBefore(catalogue, { connector: id, letter });
  if (unchanged !== null) return { unchanged };
  const stored = await store(catalogue, { connector: id, runId: run.runId, kind: "errors", letter, annex }, maker, {});
  return stored as LetterMade<MadeLetter>;
}

/** Makes the courtesy letter of a connector that reads a site, or whose aids runs publish. A request sent twice makes one letter. */
export async function makeCourtesy(
  catalogue: Catalogue,
  connector: LoadedConnector,
  environment: Readonly<Record<string, string | undefined>>,
  maker: LetterMaker,
): Promise<LetterMade | Refused> {
  const { id } = connector.definition;
  const run = await runOfLetter(catalogue, id);
  if ("refused" in run) return run;
  const letter = await writeCourtesy(catalogue, connector, environment, { readAt: run.run.startedAt, now: maker.now });
  if ("refused" in letter) return letter;
  const made = { connector: id, runId: run.runId, kind: "courtesy", letter, annex: [] } as const;
  return store(catalogue, made, maker, { aids: letter.aids.length });
}

/** Stores a letter with its address and logs it. If two requests come here at once, only one adds a letter. */
async function store(
  { letters, exchanges }: Pick<Catalogue, "letters" | "exchanges">,
  content: Pick<Parameters<Catalogue["letters"]["add"]>[0], "connector" | "runId" | "kind" | "letter" | "annex">,
  { by, now, token: wanted }: LetterMaker,
  facts: Readonly<Record<string, unknown>>,
): Promise<LetterMade> {
  const { connector, runId } = content;
  const token = wanted !== null && (await letters.findByToken(tokenHash(wanted))) === null ? wanted : newToken();
  const { letterId, isNew } = await letters.addUnlessSame({ ...content, by, at: now, tokenHash: tokenHash(token) }, sameSince({ now }));
  const found = await letters.find(letterId);
  if (found === null) throw new Error("the letter was deleted while it was made");
  const made = anyLetter(found);
  if (!isNew) return madeBefore(made, { runId });
  await exchanges.addOfConnector(connector, { at: now, kind: "letter-made", by, details: { letter: letterId } });
  return { made, token, details: { letter: letterId, run: runId, ...facts } };
}

function madeBefore<Made extends AnyLetter>(made: Made, { runId }: Pick<RunOfLetter, "runId">): LetterMade<Made> {
  return { made, token: null, details: { letter: made.letterId, run: runId } };
}

function sameSince({ now }: Pick<LetterMaker, "now">): Date {
  return new Date(now.getTime() - sameForMs);
}

/** Returns the letter that the same person made about the same run since an instant, or null. Ignores revoked letters. */
async function sameLetter(
  { letters }: Pick<Catalogue, "letters">,
  wanted: Readonly<Record<"connector" | "runId" | "by", string>>,
  since: Date,
): Promise<MadeLetter | null> {
  const same = (await letters.list(wanted.connector, 20)).find(
    ({ kind, runId, by, at, revokedAt }) =>
      kind === "errors" && runId === wanted.runId && by === wanted.by && revokedAt === null && at >= since,
  );
  return same === undefined ? null : letterAboutErrors(await letters.find(same.letterId));
}

/** Returns the last sent letter of the connector if it has the same content, or null. */
export async function sameSentBefore(
  { letters }: Pick<Catalogue, "letters">,
  made: Pick<MadeLetter, "connector" | "letter">,
): Promise<MadeLetter | null> {
  const last = letterAboutErrors(await letters.lastSent(made.connector));
  return last !== null && hasSameContent(last.letter, made.letter) ? last : null;
}

/** Gives a letter a new address and returns its token. The old address stops working. */
export async function changeAddress({ letters }: Pick<Catalogue, "letters">, letterId: string): Promise<string> {
  const token = newToken();
  await letters.changeAddress(letterId, tokenHash(token));
  return token;
}

/** Revokes the address of a letter: nobody without an account can read it any more. */
export async function revokeAddress(
  { letters }: Pick<Catalogue, "letters">,
  letterId: string,
  { by, now }: Pick<LetterMaker, "by" | "now">,
): Promise<Refused | null> {
  return (await letters.revoke(letterId, by, now)) ? null : refusedAct("already-revoked");
}
