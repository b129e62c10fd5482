import type { Decoded } from "../../ingest/decode/decoded.ts";
import { type Preview, previewAids } from "../../ingest/preview-aids.ts";
import type { Connector } from "../../kit/definition.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { checkConnector } from "../../registry/check-connector.ts";

/** Returns the aids that decoded records give. The locator of a record is its number. */
export function previewOf(records: readonly Values[], connector: Connector, terms: TermLookup, maxAids: number): Promise<Preview> {
  async function* decode(): AsyncGenerator<readonly Decoded[]> {
    yield records.map((values, index) => ({ kind: "record", locator: String(index), values }));
  }
  return previewAids(decode, connector, terms, maxAids);
}

/** Checks a definition. Returns the connector, or null, and the problems as plain data. */
export function checkedPlainly(definition: unknown, id?: string) {
  const checked = checkConnector(definition, id);
  if ("connector" in checked) return { connector: checked.connector, problems: [] };
  return { connector: null, problems: checked.problems.map(({ key, message }) => ({ key: key ?? "", message })) };
}
