import type { Visit } from "../visit.ts";

/** An audit entry for a sign-in that `performAudited` does not record: an external one, or a failed one. */
export interface AccessNote {
  readonly act:
    | "account.sign-in"
    | "account.sign-in-failed"
    | "account.link"
    | "account.sign-up"
    | "space.sign-in"
    | "space.sign-in-failed";
  /** The account. After a failure, the address, shortened. */
  readonly subject: string;
  readonly by?: { readonly personId: string; readonly name: string } | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes an entry into the audit trail. */
export async function noteAccess({ catalogue, console: { jobs }, now }: Visit, { act, subject, by, details }: AccessNote): Promise<void> {
  await catalogue.audit.add({ act, subject, by: by?.name ?? "personne", person: by?.personId ?? null, details: details ?? {}, at: now });
  jobs.services.logger.info({ act, by: by?.name ?? "personne" }, "sign-in recorded");
}

/** Returns `ma…@exemple.fr`, which identifies an account without revealing the address. Omits other texts, which may be passwords. */
export function shortenedEmail(email: string): string {
  const [, beginning, domain] = /^([^\s@]{1,2})[^\s@]*@([^\s@]{1,100})$/.exec(email) ?? [];
  return beginning === undefined || domain === undefined ? "(pas une adresse)" : `${beginning}…@${domain}`;
}
