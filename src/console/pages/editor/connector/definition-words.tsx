import type { Child } from "hono/jsx";
import { fieldName } from "../../../../french/fields.ts";
import { counted, sentence } from "../../../../french/typography.ts";
import { termLabel } from "../../../../french/versions.ts";
import type { LoadedConnector } from "../../../../kit/loaded-connector.ts";
import type { TermFileName } from "../../../../kit/rules/rule-context.ts";
import { foldTerm } from "../../../../kit/values/text/fold-term.ts";
import type { AidField } from "../../../../model/aid/aid.ts";
import type { VersionTerms } from "../../../../model/run/connector-version.ts";
import { readOwnTerms } from "../../../../registry/terms/read-decided-terms.ts";
import { ParagraphLink } from "../../../parts/paragraph-link.tsx";
import { Table } from "../../../parts/table.tsx";
import { truncate } from "../../../parts/time.ts";

const wordsShown = 200;

interface Decision {
  readonly word: string;
  readonly targets: readonly string[];
  readonly isOfConsole: boolean;
}

/** Decisions about the publisher's words by vocabulary. They are collapsed, because there can be hundreds. */
export async function DefinitionWords(given: {
  readonly connector: LoadedConnector;
  readonly folders: readonly string[];
  readonly terms: VersionTerms;
}): Promise<Child> {
  const { id } = given.connector.definition;
  const files = await readOwnTerms(given.folders, id);
  const names = [...new Set([...files.keys(), ...(Object.keys(given.terms) as TermFileName[])])];
  return (
    <>
      {names.length === 0 && (
        <p>Aucun mot n’a encore de correspondance propre à ce connecteur ; celles de tous les connecteurs valent pour lui.</p>
      )}
      {names.map((name) => (
        <Vocabulary name={name} decisions={decisionsOf(files.get(name) ?? new Map(), given.terms[name] ?? {})} />
      ))}
      <ParagraphLink href={`/mots?connecteur=${id}`} label="Mots de ce producteur à faire correspondre" />
    </>
  );
}

function decisionsOf(file: ReadonlyMap<string, readonly string[]>, terms: Readonly<Record<string, readonly string[]>>): Decision[] {
  const own = Object.entries(terms).map(([word, targets]) => ({ word, targets, isOfConsole: true }));
  const decided = new Set(own.map(({ word }) => foldTerm(word)));
  const others = [...file].filter(([word]) => !decided.has(word)).map(([word, targets]) => ({ word, targets, isOfConsole: false }));
  return [...own, ...others];
}

function Vocabulary({ name, decisions }: { readonly name: TermFileName; readonly decisions: readonly Decision[] }): Child {
  const title = sentence(fieldName(name as AidField)).replace(/\.$/, "");
  return (
    <details class="fr-mb-2w">
      <summary>
        {title} ({counted(decisions.length, "mot")})
      </summary>
      <Table caption={`${title} : mots du producteur`} isCaptionHidden head={["Mot du producteur", "Chez nous", "Décidé"]}>
        {decisions.slice(0, wordsShown).map(({ word, targets, isOfConsole }) => (
          <tr>
            <td>{truncate(word, 200)}</td>
            <td>{targets.length === 0 ? <em>ignoré</em> : targets.map((target) => termLabel(name, target)).join(", ")}</td>
            <td>{isOfConsole ? "dans la console" : "dans les fichiers"}</td>
          </tr>
        ))}
      </Table>
      {decisions.length > wordsShown && <p>Seuls les {wordsShown} premiers sont montrés.</p>}
    </details>
  );
}
