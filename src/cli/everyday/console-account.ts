import { randomUUID } from "node:crypto";
import { passwordLink, passwordLinkDays } from "../../console/access/password.ts";
import { readConsoleSettings } from "../../console/console-settings.ts";
import { type Role, roles } from "../../model/publisher/role.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { curatorOf } from "../options.ts";

/** Options of `moisson console account`. */
export interface AccountFlags {
  role?: string;
  name?: string;
  by?: string;
  removeSecondFactor?: boolean;
}

/** Creates an account or changes its role, and prints a link to choose a password. */
export async function setAccount(context: CommandContext, email: string, flags: AccountFlags): Promise<void> {
  const { terminal, environment, config } = context;
  const role = flags.role ?? "read";
  if (!isRole(role)) throw new WrongUse(`--role takes one of ${roles.join(", ")}`);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new WrongUse("expected an e-mail address");
  const settings = readConsoleSettings(config.environment);
  await context.withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, environment, now);
    const found = await catalogue.people.findByEmail(email);
    const personId = found?.personId ?? randomUUID();
    if (found === null) await catalogue.people.add({ personId, email, name: flags.name ?? email, role, by, now });
    else if (flags.role !== undefined && !(await catalogue.people.giveRole(personId, role, null)))
      throw new NotDone(`${email} is the last permanent administrator: give the role admin to somebody else first`);
    if (flags.removeSecondFactor === true && (await catalogue.secondFactors.remove(personId))) {
      const subject = `compte ${email.toLowerCase()}`;
      await catalogue.audit.add({ act: "account.no-second-factor", by, person: null, subject, details: {}, at: now });
    }
    const link = await passwordLink(catalogue, settings.url ?? `http://${settings.host}:${settings.port}`, personId, now);
    await catalogue.audit.add({
      act: found === null ? "account.invite" : flags.role !== undefined ? "account.role" : "account.new-link",
      by,
      person: null,
      subject: `compte ${email.toLowerCase()}`,
      details: { role },
      at: now,
    });
    terminal.out(
      `${found === null ? "made" : "found"}: ${email}, role ${found === null || flags.role !== undefined ? role : (found.role ?? "none")}`,
    );
    terminal.out(`to choose a password, within ${passwordLinkDays} days: ${link}`);
  });
}

function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
