import { isRecord } from "../../kit/expressions/field-path.ts";

/** Thrown if a file is not an export of Aides-territoires, or is incomplete. The message says what to do. */
export class ExportUnreadable extends Error {
  override readonly name = "ExportUnreadable";
  constructor(
    /** File name as given. */
    readonly file: string,
    /** Position in the file (`aid 17`, `line 3, aid 2`); null for the whole file. */
    readonly position: string | null,
    /** The problem and its solution. */
    readonly problem: string,
  ) {
    super(`${file}${position === null ? "" : `, ${position}`}: ${problem}`);
  }
}

/** An aid as the export writes it, with its position (`aid 17`, `line 3, aid 2`). */
export interface LiveRecord {
  readonly position: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type JsonObject = LiveRecord["values"];

const expectedFormat = "give the JSON of Aides-territoires' API (a list, or `results`), or of `moisson aids --format aides-territoires`";

/**
 * Finds the aids of an export. The text, or each of its lines, is a list of aids, `{ results: […] }`, or one aid. Throws `ExportUnreadable`
 * if the text is something else, or if pages are missing, because the connector would then import their aids as new.
 */
export function findLiveRecords(text: string, file: string): LiveRecord[] {
  const values = jsonValues(text, file);
  const records = values.flatMap(({ place, value }) => recordsIn(value, place, file));
  if (records.length === 0) throw new ExportUnreadable(file, null, `contains no aid; ${expectedFormat}`);
  const envelopes = values.flatMap(({ value }) => (isRecord(value) && Array.isArray(value.results) ? [value] : []));
  refuseIncomplete(envelopes, records.length, file);
  return records;
}

interface PlacedValue {
  /** `line 3, ` or empty. */
  readonly place: string;
  readonly value: unknown;
}

function jsonValues(text: string, file: string): PlacedValue[] {
  const start = text.trimStart();
  if (start.startsWith("<")) throw new ExportUnreadable(file, null, `a web page, perhaps an error or a login; ${expectedFormat}`);
  if (!/^[[{]/.test(start))
    throw new ExportUnreadable(file, null, `no JSON: it begins with ${JSON.stringify(start.slice(0, 30))}; ${expectedFormat}`);
  const whole = parsed(text);
  if (!(whole instanceof SyntaxError)) return [{ place: "", value: whole }];
  const lines = text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [{ place: `line ${index + 1}`, value: parsed(line) }]));
  if (lines.length < 2 || lines[0]?.value instanceof SyntaxError) throw broken(file, null, whole);
  return lines.map(({ place, value }) => {
    if (value instanceof SyntaxError) throw broken(file, place, value);
    return { place: `${place}, `, value };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

function broken(file: string, position: string | null, error: SyntaxError): ExportUnreadable {
  return new ExportUnreadable(file, position, `broken JSON (${error.message}); the download may have broken off: save it again`);
}

function recordsIn(value: unknown, place: string, file: string): LiveRecord[] {
  if (isRecord(value) && Object.hasOwn(value, "name")) return [recordAt(value, place.replace(/, $/, "") || "aid 1", file)];
  const list = isRecord(value) ? value.results : value;
  if (Array.isArray(list)) return list.map((member, index) => recordAt(member, `${place}aid ${index + 1}`, file));
  const found = isRecord(value) ? `an object with ${Object.keys(value).slice(0, 5).join(", ") || "no keys"}` : `${typeof value}`;
  throw new ExportUnreadable(file, place.replace(/, $/, "") || null, `${found}, no aids; ${expectedFormat}`);
}

function recordAt(value: unknown, position: string, file: string): LiveRecord {
  if (!isRecord(value)) throw new ExportUnreadable(file, position, `no object; ${expectedFormat}`);
  return { position, values: value };
}

function refuseIncomplete(envelopes: readonly JsonObject[], found: number, file: string): void {
  const announced = Math.max(0, ...envelopes.map(({ count }) => (typeof count === "number" ? count : 0)));
  const isLastPageMissing = envelopes.length > 0 && envelopes.every(({ next }) => typeof next === "string");
  if (announced <= found && !isLastPageMissing) return;
  const expectation = announced > found ? `${announced} aids are announced` : "a next page is announced";
  throw new ExportUnreadable(file, null, `${expectation} and ${found} are there; save all pages into the file, one a line`);
}
