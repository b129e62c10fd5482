import type { Command } from "commander";
import type { CliParent } from "../command.ts";
import type { OpenContext } from "../context.ts";
import { repeated } from "../options.ts";

/** Adds `territories` and `territories update`. */
export function addTerritoriesCommand(program: CliParent, open: OpenContext): void {
  const territories = program
    .command("territories")
    .description("show which edition of the official lists of communes and EPCI is in use")
    .option("--json", "print JSON")
    .examples("moisson territories", "moisson territories update --check")
    .notes("docs/territories.md explains editions.")
    .action(async (flags) => (await import("./territories-command.ts")).showTerritories(await open(), flags));
  territories
    .command("update")
    .description("take a new edition of the official lists, as a plan: old codes and names stay valid")
    .argument("[source]", "folder or .tgz of the package @etalab/decoupage-administratif (default: the installed package)")
    .option("--replace <old=new,…>", "decide what replaces a territory that is gone; may be repeated", repeated)
    .option("--check", "print what would change, and store nothing")
    .option("--yes", "apply the plan at once, unless a person must check a territory")
    .option("--json", "print JSON")
    .curatorOptions()
    .examples(
      "npm pack @etalab/decoupage-administratif@6.0.0",
      "moisson territories update etalab-decoupage-administratif-6.0.0.tgz --check",
      "moisson territories update etalab-decoupage-administratif-6.0.0.tgz",
      "moisson territories update etalab-decoupage-administratif-6.0.0.tgz --replace epci:200035319=epci:200068997,commune:34001",
    )
    .notes("The plan waits until a person applies it. `moisson undo <plan>` returns to the edition before. See docs/territories.md.")
    .action(async (source: string | undefined, _, command: Command) =>
      (await import("./territories-command.ts")).updateTerritoriesCommand(await open(), source, command.optsWithGlobals()),
    );
}
