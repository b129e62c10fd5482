import type { NewAid } from "../../model/plan/plan.ts";
import { storable, storableJson, storableText } from "../../model/text/storable.ts";
import { aidIdOf } from "../aids/aid-id.ts";
import { CopyWriter } from "../connection/copy-writer.ts";

/** Columns of `staged_aids` in the order of `encodeStaged`. */
export const stagedColumns = "run_id, external_id, aid_id, locator, record_hash, fingerprint, content, memo";

/** Returns valid aids as rows of `staged_aids` in PostgreSQL's binary COPY format. */
export function encodeStaged(runId: string, connector: string, aids: readonly NewAid[]): Uint8Array<ArrayBuffer> {
  const run = uuidBytes(runId);
  const rows = new CopyWriter();
  for (const { externalId, locator, recordHash, fingerprint, contentJson, memo } of aids) {
    const id = storableText(externalId);
    rows.startRow(8);
    rows.bytes(run);
    rows.text(id);
    rows.bytes(uuidBytes(aidIdOf(connector, id)));
    rows.text(storableText(locator));
    rows.text(recordHash);
    rows.text(fingerprint);
    rows.jsonb(storable(contentJson));
    rows.jsonb(storableJson(memo));
  }
  return rows.end();
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}
