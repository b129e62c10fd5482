import { french } from "../../../french/typography.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import { decidedTargets } from "../../../registry/terms/decide-term.ts";
import type { Visit } from "../../visit.ts";
import { targetsInFrench } from "./words-in-french.ts";

const connectorsNamed = 5;

/** What became of a word at connectors where it waits no more, a sentence each: who decided what, or that the feed has it no more. */
export async function whoDecided({ catalogue }: Visit, vocabulary: string, word: string, connectors: readonly string[]): Promise<string[]> {
  const said: string[] = [];
  for (const connector of connectors.slice(0, connectorsNamed)) {
    const versions = await catalogue.connectorVersions.list(connector);
    const decided = versions.map(({ terms }) => decidedTargets(terms, vocabulary as TermFileName, word));
    const is = decided[0];
    // The first of the versions that have said the same since.
    const since = decided.findIndex((targets) => String(targets) !== String(is));
    const by = versions.at(since === -1 ? -1 : since - 1)?.by ?? "?";
    said.push(
      is === undefined
        ? french`Chez ${connector}, ce mot n'attend plus : il est traduit ailleurs, ou n'est plus dans le flux.`
        : french`Chez ${connector}, ${by} en a décidé entre-temps : ${targetsInFrench(vocabulary, is)}.`,
    );
  }
  return said;
}
