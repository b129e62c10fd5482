import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { Config } from "../../../platform/config.ts";
import { type Finding, fault, warning } from "./finding.ts";

/** Checks whether colleagues can sign in, and whether invited people of publishers can receive their link. */
export async function checkPeople({ kind, people, publisherAccounts }: Catalogue, environment: Config["environment"]): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (kind === "postgresql" && (await people.isEmpty()))
    findings.push(warning("accounts", "nobody can sign in to the console", "moisson console account <e-mail> --role admin"));
  const invited = await publisherAccounts.count();
  if (invited === 0) return findings;
  const said = `${invited} invited ${invited === 1 ? "person of a publisher receives" : "people of publishers receive"} no sign-in link`;
  if (environment.MOISSON_SMTP_URL === undefined)
    findings.push(
      fault("publishers", `${said}: mail is not set`, "set MOISSON_SMTP_URL, MOISSON_DIGEST_FROM and MOISSON_DIGEST_TO for the workers"),
    );
  if (environment.MOISSON_PUBLIC_URL === undefined && environment.MOISSON_CONSOLE_URL === undefined)
    findings.push(
      fault(
        "publishers",
        `${said}: the address is not set`,
        "set MOISSON_PUBLIC_URL (or MOISSON_CONSOLE_URL) for the workers and the console",
      ),
    );
  return findings;
}
