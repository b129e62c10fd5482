import { InvalidArgumentError } from "commander";
import type { CliParent } from "../command.ts";
import type { OpenContext } from "../context.ts";

/** Adds `moisson api` and `moisson api token`. */
export function addApiCommand(program: CliParent, open: OpenContext): void {
  const api = program
    .command("api")
    .description("serve the read API and the open data until it is stopped")
    .option("--sample", "serve invented aids to try the API with: needs no database, makes a key, and leaves nothing behind")
    .notes(`Listens on MOISSON_API_HOST and MOISSON_API_PORT (127.0.0.1, 3001). /api/ describes the API in French, /api/openapi.json in OpenAPI; /live and /ready report
its health. Behind a proxy, set MOISSON_API_URL to the public address, and MOISSON_API_PROXY=yes to trust its X-Forwarded-For.
Only one process can open the embedded catalogue: \`moisson console\` serves the API too.`)
    .examples(
      "DATABASE_URL=postgres://localhost/moisson moisson api",
      "MOISSON_API_PORT=8080 moisson api",
      "moisson api --sample          for the developer of a client",
      'moisson api token "Ville de Nantes" --per-minute 600',
    )
    .action(async ({ sample }) => {
      if (sample) return (await import("../everyday/serve-sample.ts")).serveSample(open);
      return (await import("./api-command.ts")).serveUntilStopped(await open({ process: "api" }));
    });
  api
    .command("token")
    .description("create an API key, printed once; or revoke one, with all tokens issued for it")
    .argument("<name>", "name of the key's owner")
    .option(
      "--scope <scope>",
      "reuse: open data, like anonymous clients; site: also aids without an open licence, for our own site",
      "reuse",
    )
    .option("--per-minute <count>", `requests a minute, at most ${maxPerMinute}`, perMinute, 600)
    .option("--revoke", "revoke the key of this name")
    .byOption()
    .notes("The owner exchanges the key for a token valid for one day: POST /api/connexion/ with the header X-AUTH-TOKEN.")
    .examples(
      'moisson api token "Ville de Nantes"',
      "moisson api token aides-territoires --scope site --per-minute 6000",
      'moisson api token "Ville de Nantes" --revoke',
    )
    .action(async (name: string, flags) => (await import("./api-token.ts")).setToken(await open(), name, flags));
}

const maxPerMinute = 60_000;

function perMinute(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= maxPerMinute) return count;
  throw new InvalidArgumentError(`expected a number, 1 to ${maxPerMinute}`);
}

/** Adds `moisson public`. */
export function addPublicCommand(program: CliParent, open: OpenContext): void {
  program
    .command("public")
    .description("serve the pages for people without an account until it is stopped: letters, shared previews, the file check, the guide")
    .notes(`Listens on MOISSON_PUBLIC_HOST and MOISSON_PUBLIC_PORT (127.0.0.1, 3002). Set MOISSON_PUBLIC_URL to the public address, here and for \`moisson console\`, which
then leaves these pages to this process and can be closed to the internet. Without it, \`moisson console\` serves them. Needs DATABASE_URL, and no other secret.`)
    .examples("DATABASE_URL=postgres://moisson_public@localhost/moisson MOISSON_PUBLIC_URL=https://aides.example.fr moisson public")
    .action(async () => (await import("./public-command.ts")).servePublicPages(await open({ process: "public" })));
}

/** Adds `moisson open-data`. */
export function addOpenDataCommand(program: CliParent, open: OpenContext): void {
  program
    .command("open-data")
    .description(
      "make the open data now: aids with an open licence, without personal data, as CSV of the national schema, JSON lines and Excel",
    )
    .option("--out <folder>", "write the files to this folder and leave the served files unchanged")
    .option("--json", "print JSON: files with their SHA-256, figures, and the aids left out with the reason")
    .notes(`Workers make the open data every night at five, Paris time, and the API serves the last one under /open-data/. docs/open-data.md describes the contents.

  MOISSON_API_URL               address of the API, for the description that data.gouv.fr harvests
  MOISSON_OPEN_DATA_PUBLISHER   name of the publisher (default: Moisson)
  MOISSON_OPEN_DATA_EMAIL       contact address for questions`)
    .examples("moisson open-data", "moisson open-data --out /srv/open-data", "moisson open-data --json | jq .leftOut")
    .action(async (flags) => (await import("./open-data-command.ts")).makeOpenDataNow(await open(), flags));
}
