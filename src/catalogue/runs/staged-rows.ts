import type { NewAid } from "../../model/plan/plan.ts";
import { storable, storableJson, storableText } from "../../model/text/storable.ts";
import { aidIdOf } from "../aids/aid-id.ts";
import { CopyWriter } from "../connection/copy-writer.ts";

/** Valid aids of a run, in PostgreSQL's binary COPY format. */
export interface StagedRows {
  /** Rows of `staged_aids`, with `stagedColumns`. */
  readonly aids: Uint8Array<ArrayBuffer>;
  /** Rows of `contents`, with `contentColumns`. */
  readonly contents: Uint8Array<ArrayBuffer>;
}

export const stagedColumns = "run_id, external_id, aid_id, locator, record_hash, fingerprint, content_id, memo";
export const contentColumns = "id, aid_id, content";

/** A run, as far as its rows need it. `contentBlock`: high 32 bits of the ids of its contents. */
export interface EncodedRun {
  readonly runId: string;
  readonly connector: string;
  readonly contentBlock: number;
}

/** Content ids for each encoder of a run. */
const idsPerEncoder = 2 ** 28;

/** Encodes valid aids. It numbers their contents, so that the database gives no ids. */
export class StagedEncoder {
  readonly #runId: Buffer;
  #nextId: number;

  /** `number`: from 0, different for each encoder of the run. */
  constructor(
    private readonly run: EncodedRun,
    number = 0,
  ) {
    this.#runId = uuidBytes(run.runId);
    this.#nextId = number * idsPerEncoder;
  }

  encode(aids: readonly NewAid[]): StagedRows {
    const rows = new CopyWriter();
    const contents = new CopyWriter();
    for (const { externalId, locator, recordHash, fingerprint, contentJson, memo } of aids) {
      const id = storableText(externalId);
      const aidId = uuidBytes(aidIdOf(this.run.connector, id));
      const contentId = this.#nextId++;
      rows.startRow(8);
      rows.bytes(this.#runId);
      rows.text(id);
      rows.bytes(aidId);
      rows.text(storableText(locator));
      rows.text(recordHash);
      rows.text(fingerprint);
      rows.halves(this.run.contentBlock, contentId);
      rows.jsonb(storableJson(memo));
      contents.startRow(3);
      contents.halves(this.run.contentBlock, contentId);
      contents.bytes(aidId);
      contents.jsonb(storable(contentJson));
    }
    return { aids: rows.end(), contents: contents.end() };
  }
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}
