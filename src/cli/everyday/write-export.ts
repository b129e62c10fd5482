import type { Aid } from "../../model/aid/aid.ts";
import type { PublicAid } from "../../model/aid/public-aid.ts";
import { compareCodePoints } from "../../model/text/canonical.ts";
import type { KnownServices } from "../../privacy/doubts.ts";
import { type ContactPolicy, htmlWithoutPeople } from "../../privacy/html-without-people.ts";
import { withoutPeopleInAid } from "../../privacy/without-people-in-aid.ts";
import { exportAidesTerritoires } from "../../publish/exports/aides-territoires-record.ts";
import { exportDispositifAide } from "../../publish/exports/export-dispositif-aide.ts";
import type { CommandContext } from "../context.ts";
import { languageMessage, openDataSourceMessage } from "../english/aids.ts";
import { leftOutMessages } from "../english/publication.ts";

/** Options of `moisson aids --format`. */
export interface ExportFlags {
  format: "dispositif-aide" | "aides-territoires";
  published?: true;
  anyLicence?: true;
}

/** Writes aids in an external format; for `dispositif-aide` they come in the order of the national schema. Prints to stderr what the format cannot contain. `services`: doubtful people who are services; `changeDays`: see `exportDispositifAide`. */
export async function writeExport(
  aids: AsyncIterable<readonly Aid[]>,
  context: CommandContext,
  flags: ExportFlags,
  { services, changeDays }: { readonly services: KnownServices; readonly changeDays?: ReadonlyMap<string, string> },
): Promise<void> {
  const definitions = new Map((await context.connectors()).connectors.map(({ definition }) => [definition.id, definition]));
  const publishedOnly = flags.published === true;
  const { terminal } = context;
  const contactsOf = (connector: string) => definitions.get(connector)?.contacts ?? "keep";
  if (flags.format === "aides-territoires") {
    const sourceOf = (connector: string) => ({
      importIdPrefix: definitions.get(connector)?.importIdPrefix ?? "",
      publisher: definitions.get(connector)?.publisher.name ?? null,
    });
    for await (const piece of exportAidesTerritoires(withContacts(aids, contactsOf), { publishedOnly, sourceOf }))
      await terminal.write(piece);
    return;
  }
  const { pieces, leftOut, sources, languages } = exportDispositifAide(publicAids(aids, contactsOf, services), {
    anyLicence: flags.anyLicence === true,
    publishedOnly,
    changeDays,
  });
  for await (const piece of pieces) await terminal.write(piece);
  for (const [reason, { count, first }] of leftOut) {
    const some = `${first.join(", ")}${count > first.length ? ", …" : ""}`;
    const hint = reason === "licence" ? "; --any-licence writes them for inspection" : "";
    terminal.err(`left out: ${count} for ${leftOutMessages[reason]} (${some})${hint}`);
  }
  for (const source of [...sources.values()].sort((one, other) => compareCodePoints(one.connector, other.connector)))
    terminal.err(openDataSourceMessage(source, definitions.get(source.connector)?.publisher.name ?? source.connector));
  for (const [language, count] of languages) terminal.err(languageMessage(language, count));
}

/** Removes people from aids: open data may contain none, whatever the policy. */
async function* publicAids(
  aids: AsyncIterable<readonly Aid[]>,
  policyOf: (connector: string) => ContactPolicy,
  services: KnownServices,
): AsyncGenerator<PublicAid[]> {
  for await (const batch of aids) yield batch.map((aid) => withoutPeopleInAid(aid, policyOf(aid.connector), services));
}

/** Applies each connector's policy on contacts. */
async function* withContacts(aids: AsyncIterable<readonly Aid[]>, policyOf: (connector: string) => ContactPolicy): AsyncGenerator<Aid[]> {
  for await (const batch of aids) {
    yield batch.map((aid) => ({ ...aid, contact: htmlWithoutPeople(aid.contact, policyOf(aid.connector)) }));
  }
}
