import { decideEdit } from "../../../src/curation/decide-edit.ts";
import { decideMerge, decideReject } from "../../../src/curation/decide-status.ts";
import { type AidField, aidFields, isEmptyValue } from "../../../src/model/aid/aid.ts";
import { sameValue } from "../../../src/model/aid/same-value.ts";
import { shownContent } from "../../../src/model/aid/shown-value.ts";
import type { RunReport } from "../../../src/model/run/run-report.ts";
import { marie } from "../../support/curate.ts";
import { doesNotApply } from "../edge-case.ts";
import { foundPlace } from "../field-cases.ts";
import type { Field, Harness } from "../harness.ts";
import { dates, dayIn, formsOf, richTexts, separator, words } from "../kinds.ts";
import type { Life } from "../life.ts";
import type { Values } from "../own-feed.ts";
import { type FoundPlace, type Place, placeOf } from "../place.ts";
import { twoWords } from "./words.ts";

/** Changes a record from day to day and returns the outcome of each change. */
export async function dayOutcomes(life: Life): Promise<ReadonlyMap<string, string>> {
  const cells = new Map<string, string>();
  const { harness } = life;
  const text = placeAmong(harness, ["description", "eligibility", "contact"], (field) => foundPlace(harness, field, richTexts));
  const day = placeAmong(harness, ["submissionDeadline", "startDate", "sourceUpdatedDate"], (field) => foundPlace(harness, field, dates));
  const list = placeAmong(harness, ["targetedAudiences", "categories", "aidTypes"], (field) => foundPlace(harness, field, words));
  const feed = new Map(harness.kept.map((index) => [index, harness.feed.records[index] ?? {}]));
  const records = () => [...feed.values()];
  const put = (place: Place, value: unknown) => void feed.set(place.index, place.put(feed.get(place.index) ?? {}, value));
  const two = list === null ? null : twoWords(harness, list.place.field, list.probe.value);
  const listed = (pair: readonly string[]) =>
    list?.place.takesLists ? pair : pair.join(list === null ? "," : (separator(harness, list.place.field) ?? ","));

  /** Imports records that change nothing, and reports a broken promise if the import writes. */
  const still = async (name: string, ofTheDay: readonly Values[]) => {
    const report = await life.day(ofTheDay);
    if (report.outcome !== "unchanged") harness.broken.push(`${name}: ${inWords(report)}`);
    cells.set(`days: ${name}`, inWords(report));
  };
  /** Returns the changed fields and the pending proposals of an aid. */
  const seen = async (name: string, index: number) => {
    const before = shownContent(await life.aidAt(index));
    const report = await life.day(records());
    const aid = await life.aidAt(index);
    const after = shownContent(aid);
    const changed = aidFields.filter((field) => !sameValue(field, before[field], after[field]));
    const waiting = Object.keys(aid.proposals);
    const parts = [inWords(report), ...(changed.length > 0 ? [`shown otherwise: ${changed.join(", ")}`] : [])];
    cells.set(`days: ${name}`, [...parts, ...(waiting.length > 0 ? [`waits: ${waiting.join(", ")}`] : [])].join("; "));
  };

  // A change of line breaks is a real change in a plain-text feed.
  const isPlain = text !== null && String(harness.read(text.place.field, text.place.put({}, "<b>a</b>")).value).includes("&lt;");
  if (text !== null) put(text.place, isPlain ? "Une ligne\nune autre" : "<p>Une ligne<br>une autre</p>");
  if (list !== null && two !== null) put(list.place, listed(two));
  await life.day(records());
  if (list !== null && two !== null) put(list.place, listed([...two].reverse()));
  if (text !== null) put(text.place, isPlain ? "Une ligne\r\nune autre" : "<p>Une ligne<br />une autre</p>");
  await still("the same: records and lists in another order, <br> spelled otherwise", records().reverse());

  if (day === null) cells.set("days: another date", doesNotApply("no date in the feed"));
  else {
    put(day.place, dayOf(harness, day.place, "2027-03-05"));
    await seen("another date", day.place.index);
  }

  const index = text?.place.index ?? harness.kept[0] ?? 0;
  const others = records().filter((record) => record !== feed.get(index));
  if (others.length === 0) cells.set("days: a record disappears", doesNotApply("the only record"));
  else {
    cells.set("days: a record disappears", inWords(await life.day(others)));
    await still("it reappears", records());
  }

  if (text === null) {
    for (const name of textNames) cells.set(`days: ${name}`, doesNotApply("no text in the feed"));
    return cells;
  }
  const write = async (name: (typeof textNames)[number], words: string) => {
    put(text.place, isPlain ? words : `<p>${words}</p>`);
    await seen(name, index);
  };
  await write("another text", "Une seconde version.");
  const refused = await life.publish(index);
  if (refused !== null) harness.broken.push(`publishing: ${refused}`);
  await write("another text of a published aid", "Une troisième version.");
  await write("another text while one waits", "Une quatrième version.");
  await write("the text of before while one waits", "Une seconde version.");
  await life.act(index, (aid) => decideEdit(aid, { values: { [text.place.field]: "<p>Relu par Marie.</p>" }, withdrawn: [] }, marie));
  await write("another text over an edit", "Une cinquième version.");

  const second = harness.kept.find((one) => one !== index);
  const { field } = text.place;
  const ofSecond = placeOf(harness, field, richTexts.probes(harness, field), second === undefined ? [] : [second]);
  const into = await life.aidAt(index);
  if ("place" in ofSecond) {
    await life.act(ofSecond.place.index, (aid) => decideMerge(aid, into, marie));
    put(ofSecond.place, "Une autre version.");
  }
  await life.act(index, (aid) => decideReject(aid, marie));
  await write("another text of a rejected aid, and of a merged aid", "Une sixième version.");
  return cells;
}

const textNames = [
  "another text",
  "another text of a published aid",
  "another text while one waits",
  "the text of before while one waits",
  "another text over an edit",
  "another text of a rejected aid, and of a merged aid",
] as const;

type Found = Extract<FoundPlace, { place: Place }>;

function placeAmong(harness: Harness, fields: readonly (AidField & Field)[], find: (field: AidField) => FoundPlace): Found | null {
  for (const field of fields) {
    const found = find(field);
    if ("place" in found && harness.kept.includes(found.place.index)) return found;
  }
  return null;
}

function dayOf(harness: Harness, { field, put }: Place, day: string): string {
  const form = formsOf(harness, field).find((one) => harness.read(field, put({}, dayIn(one, day))).value === day);
  return dayIn(form ?? formsOf(harness, field)[0] ?? "iso", day);
}

function inWords({ outcome, counts }: RunReport): string {
  const { created, updated, restored, ignored, missing, withdrawn, proposals } = counts;
  const counted = Object.entries({ created, updated, restored, ignored, missing, withdrawn, proposals });
  return [outcome, ...counted.filter(([, count]) => !isEmptyValue(count) && count > 0).map(([name, count]) => `${count} ${name}`)].join(
    ", ",
  );
}
