import { Option } from "commander";
import { letterStates } from "../../model/letter/letter-states.ts";
import { pointAnswers } from "../../model/publisher/letter-answer.ts";
import type { CliParent } from "../command.ts";
import type { OpenContext } from "../context.ts";
import { positiveNumber, repeated } from "../options.ts";

const target = "a publisher's name, a connector, or the id of a letter (the first characters are enough)";

/** Adds the commands about letters to publishers. */
export function addLetterCommands(program: CliParent, open: OpenContext): void {
  const letter = program.command("letter").description("preview, send and answer letters to publishers");
  letter
    .command("list")
    .description("list the letters, newest first")
    .option("--connector <connector>", "letters about one connector")
    .addOption(new Option("--state <state>", "how far they are").choices(letterStates))
    .option("--json", "print JSON")
    .examples("moisson letter list", "moisson letter list --state silent --json")
    .action(async (flags) => (await import("./letters.ts")).listLetters(await open(), flags));
  letter
    .command("preview")
    .description("print a letter, its mail and its numbered points; nothing is stored or sent")
    .argument("<letter>", `${target}; the first two preview a new letter`)
    .option("--json", "print JSON")
    .byOption()
    .examples("moisson letter preview region-sud", 'moisson letter preview "Région Sud"', "moisson letter preview 4f0c2b1e --json")
    .action(async (named: string, flags) => (await import("./letters.ts")).previewLetter(await open(), named, flags));
  letter
    .command("send")
    .description("mail a letter, or a reminder of a letter that was sent")
    .argument("<letter>", `${target}; the first two make a new letter`)
    .option("--to <address>", "recipient; may be repeated (default: the publisher's contacts who get letters)", repeated)
    .option("--reply-to <address>", "your mail address, for the answers")
    .option("--subject <text>", "replaces the subject")
    .option("--message <file>", "replaces the message; the file contains [adresse de la lettre], which becomes the letter's address")
    .option("--anyway", "make a letter even if nothing has changed since the last one")
    .option("--json", "print JSON")
    .byOption()
    .examples(
      "moisson letter send region-sud --to aides@region.example --reply-to marie@example.org",
      "moisson letter send 4f0c2b1e                                 a reminder, if the letter was sent",
    )
    .notes(
      "Needs the mail settings of the digest, and MOISSON_PUBLIC_URL or MOISSON_CONSOLE_URL. The letter gets a new address; the former one stops working.",
    )
    .action(async (named: string, flags) => (await import("./letters.ts")).sendOneLetter(await open(), named, flags));
  letter
    .command("answer")
    .description("record a publisher's answer to a point of a letter, or its remark on the whole letter")
    .argument("<letter>", "the id of the letter, or its first characters")
    .argument(
      "[point]",
      "number of the point, as `letter preview` prints it; without it, the remark is on the whole letter",
      positiveNumber,
    )
    .addOption(new Option("--answer <answer>", "the answer").choices(pointAnswers))
    .option("--planned-for <day>", "day of the correction, for planned")
    .option("--remark <text>", "the publisher's own words")
    .option("--json", "print JSON")
    .byOption()
    .examples(
      "moisson letter answer 4f0c2b1e 2 --answer planned --planned-for 2027-01-31",
      'moisson letter answer 4f0c2b1e --remark "Le nouveau site arrive en mars"',
    )
    .action(async (named: string, point: number | undefined, flags) =>
      (await import("./letters.ts")).answerOneLetter(await open(), named, point, flags),
    );
}
