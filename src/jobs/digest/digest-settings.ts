import { z } from "zod";
import { readVariables } from "../../platform/config.ts";
import { type MailSettings, mailOf, mailShape, missingForMail } from "../../platform/mail/mail-settings.ts";
import { cronProblem } from "../../registry/cron-problem.ts";

/** Half past six in Paris on working days; public holidays are ignored. */
const usualCron = "30 6 * * 1-5";

/** Time and channels of the digest; both channels are optional. */
export interface DigestSettings {
  /** Five cron fields, Paris time. */
  readonly cron: string;
  readonly mail: MailSettings | null;
  /** Incoming webhook of Mattermost or Slack. Its path is a secret. */
  readonly webhook: URL | null;
}

const Environment = z.object({
  ...mailShape,
  MOISSON_DIGEST_WEBHOOK: z
    .url({ protocol: /^https?$/, error: "an address that begins with https://" })
    .transform((text) => new URL(text))
    .optional(),
  MOISSON_DIGEST_CRON: z
    .string()
    .refine((text) => cronProblem(text) === undefined, {
      error: ({ input }) => `a cron expression, as ${usualCron}: ${cronProblem(String(input))}`,
    })
    .default(usualCron),
});

/** Names of the variables of the digest and of mail. */
export const digestVariables: readonly string[] = Object.keys(Environment.shape);

/** Reads the settings of the digest. Throws `WrongSettings`. */
export function readDigestSettings(environment: Readonly<Record<string, string | undefined>>): DigestSettings {
  const values = readVariables(Environment, environment, missingForMail);
  return { cron: values.MOISSON_DIGEST_CRON, mail: mailOf(values), webhook: values.MOISSON_DIGEST_WEBHOOK ?? null };
}
