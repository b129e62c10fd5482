import type { Command } from "commander";
import { decideConfirm, decideSuspend, decideWithdraw } from "../../curation/decide-watch.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { type ActFlags, actOnAids, addActFlags } from "./act-on-aids.ts";
import { dayToCome } from "./day-to-come.ts";

const named = "aidId, or connector/externalId; none with a filter";

/** `aid confirm`, `suspend`, `withdraw`: what becomes of an aid that `aids --stale` lists. */
export function addWatchCommands(aid: Command, open: () => CommandContext): void {
  addActFlags(
    aid
      .command("confirm")
      .description("believe an aid until a day: it is not listed as stale before")
      .argument("[aid]", named)
      .requiredOption("--until <day>", "the day on which to look at it again, YYYY-MM-DD"),
  )
    .addHelpText(
      "after",
      '\nExamples:\n  moisson aid confirm departement-drome/162 --until 2027-06-30 --note "asked the department by phone"',
    )
    .action((asked: string | undefined, flags: ActFlags & { until: string }) => {
      const at = open();
      const until = dayToCome(flags.until, at);
      const decide: Parameters<typeof actOnAids>[3]["decide"] = (found, curator) => decideConfirm(found, curator, until);
      return actOnAids(at, asked, flags, { kind: "confirm", asked: { until }, decide });
    });

  addActFlags(
    aid
      .command("suspend")
      .description("take an aid off the site until a day on which somebody is to look at it again")
      .argument("[aid]", named)
      .requiredOption("--until <day>", "the day on which to look at it again, YYYY-MM-DD")
      .requiredOption("--reason <text>", "why"),
  )
    .addHelpText("after", '\nExamples:\n  moisson aid suspend departement-drome/162 --until 2027-01-15 --reason "next call not voted yet"')
    .action((asked: string | undefined, flags: ActFlags & { until: string; reason: string }) => {
      const at = open();
      const until = dayToCome(flags.until, at);
      const reason = flags.reason.trim();
      if (reason === "") throw new WrongUse("--reason is empty");
      const decide: Parameters<typeof actOnAids>[3]["decide"] = (found, curator) => decideSuspend(found, curator, until, reason);
      return actOnAids(at, asked, flags, { kind: "suspend", asked: { until, reason }, decide });
    });

  addActFlags(
    aid
      .command("withdraw")
      .description("take an aid off for good, whatever its feed says; `aid restore` takes that back")
      .argument("[aid]", named),
  )
    .addHelpText("after", '\nExamples:\n  moisson aid withdraw departement-drome/162 --note "the department stopped it"')
    .action((asked: string | undefined, flags: ActFlags) =>
      actOnAids(open(), asked, flags, { kind: "withdraw", asked: {}, decide: decideWithdraw }),
    );
}
