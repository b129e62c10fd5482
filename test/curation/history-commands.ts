import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import type { AppliedPlan } from "../../src/catalogue/plans/apply-plan.ts";
import type { PlanPart } from "../../src/catalogue/plans/plan-part.ts";
import type { PlanRecord } from "../../src/catalogue/plans/plan-reader.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import type { RunOptions } from "../../src/ingest/run-inputs.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { constant } from "../../src/kit/rules/constant.ts";
import { identifier } from "../../src/kit/rules/identifier.ts";
import { text } from "../../src/kit/rules/texts.ts";
import { RunFailed } from "../../src/model/run/run-error.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened, testNow } from "../support/made-aids.ts";
import type { Act, DayRecord, PartOfPlan } from "./any-act.ts";
import { type CuratorAct, verdictOn } from "./verdict-on.ts";

/** The aids of a connector with all their layers, by permanent id. */
export type World = ReadonlyMap<string, CuratedAid>;

/** The result of an act. */
export interface Step {
  readonly act: Act;
  readonly before: World;
  readonly after: World;
  /** The report of a run. */
  readonly report?: RunReport;
  /** The plan that was applied, in whole or in part; null if none. */
  readonly planId: string | null;
  /** The plan was applied completely in this step. */
  readonly isWhole: boolean;
  /** The records of that plan's or run's feed, as far as they were read. */
  readonly records?: readonly DayRecord[];
  readonly written?: AppliedPlan;
  /** Permanent ids of the aids of a curator's act. */
  readonly acted: readonly string[];
  /** The undone plan, and the spared fields by aid. */
  readonly undone?: { readonly planId: string; readonly spared: ReadonlyMap<string, readonly string[]> };
}

type Done = Omit<Step, "act" | "before" | "after">;
const nothing: Done = { planId: null, isWhole: false, acted: [] };

/** A small feed with what publication requires. Empty words clear the field; an empty opening date keeps it. */
const definition: Partial<ConnectorInput> = {
  absence: { runs: 2, days: 1 },
  guards: { ...guardsOff, gone: 0.5 },
  emptyMeansEmpty: ["keywords"],
  policy: { startDate: "fill" },
  fields: {
    externalId: identifier("id"),
    name: text("titre"),
    contact: constant("<p>La mairie</p>"),
    aidTypes: constant(["technical-engineering"]),
    mobilizationSteps: constant(["preop"]),
    categories: constant(["eau-potable"]),
    targetedAudiences: constant(["commune"]),
    financers: constant([{ name: "Région Exemple", siren: null }]),
    perimeters: constant([{ scale: "region", code: "11" }]),
  },
};

/** One connector of a catalogue and its history. Each act takes a minute. */
export class History {
  #now = testNow;
  /** Applied plans that are not undone, and the feeds of planned runs. */
  #applied: string[] = [];
  readonly #feeds = new Map<string, readonly DayRecord[]>();

  private constructor(
    readonly catalogue: TestCatalogue,
    readonly harvest: Harvest,
  ) {}

  /** Starts an empty history. */
  static async begin(catalogue: TestCatalogue, changes: Partial<ConnectorInput> = {}): Promise<History> {
    return new History(catalogue, await newHarvest(catalogue, { ...definition, ...changes }));
  }

  /** Returns the current aids. */
  async world(): Promise<World> {
    const aids = await flattened(this.catalogue.aids.curated({ connector: this.harvest.connector }));
    return new Map(aids.map((aid) => [aid.aidId, aid]));
  }

  /** Performs an act as far as possible. */
  async live(act: Act): Promise<Step> {
    this.goOn("days" in act ? act.days : 0);
    return this.#step(act, (before) => this.#do(act, before));
  }

  /** Undoes a plan. */
  async takeBack(planId: string): Promise<Step> {
    this.goOn(0);
    return this.#step({ act: "undo", back: 0 }, () => this.#undo(planId));
  }

  async #step(act: Act, doing: (before: World) => Promise<Done>): Promise<Step> {
    const before = await this.world();
    const done = await doing(before);
    const { planId, undone } = done;
    if (planId !== null && undone === undefined && !this.#applied.includes(planId)) this.#applied.push(planId);
    if (planId !== null && undone !== undefined) this.#applied = this.#applied.filter((applied) => applied !== undone.planId);
    return { act, before, after: await this.world(), ...done };
  }

  /** Performs the acts in sequence and returns every step. */
  async liveAll(acts: readonly Act[]): Promise<Step[]> {
    const steps: Step[] = [];
    for (const act of acts) steps.push(await this.live(act));
    return steps;
  }

  /** Runs a feed as a file. */
  async run(records: readonly unknown[] | string, options: RunOptions = {}): Promise<RunReport> {
    return this.harvest.day(records, options, { clock: { now: () => this.#now, fixed: null, elapsed: () => performance.now() } });
  }

  /** Moves the clock by some days and a minute. */
  goOn(days: number): void {
    this.#now = new Date(this.#now.getTime() + days * 86_400_000 + 60_000);
  }

  async #do(act: Act, before: World): Promise<Done> {
    if (act.act === "feed") return this.#feed(act.records, act.how);
    if (act.act === "apply") return this.#apply(act.part, before);
    if (act.act === "undo") return this.#undo(this.#applied.at(-1 - (act.back % Math.max(1, this.#applied.length))));
    if (act.act === "discard") return this.#discard();
    return this.#curate(act, [...before.values()]);
  }

  async #feed(records: readonly DayRecord[], how: Extract<Act, { act: "feed" }>["how"]): Promise<Done> {
    const options = { applied: {}, forced: { force: true }, dry: { dryRun: true }, limited: { limit: 2 } }[how];
    const report = await this.run(records, options);
    const read = how === "limited" ? records.slice(0, 2) : records;
    if (report.planId !== null) this.#feeds.set(report.planId, read);
    return { ...nothing, report, records: read, planId: report.outcome === "applied" ? report.planId : null, isWhole: true };
  }

  async #openPlan(): Promise<PlanRecord | undefined> {
    const [plan] = await this.catalogue.plans.list({ connector: this.harvest.connector, origin: "run", isOpen: true, limit: 1 });
    return plan;
  }

  async #apply(asked: PartOfPlan | null, before: World): Promise<Done> {
    const plan = await this.#openPlan();
    if (plan === undefined) return nothing;
    const { planId } = plan;
    const part = asked === null ? {} : { part: partOf(asked, before) };
    try {
      const written = await this.catalogue.plans.apply(planId, { token: null, now: this.#now, appliedBy: "ops", ...part });
      const isDone = written.created + written.updated + written.withdrawn > 0;
      const isWhole = plan.state === "open" && written.state === "applied";
      return { ...nothing, planId: isDone || isWhole ? planId : null, isWhole, written, records: this.#feeds.get(planId) ?? [] };
    } catch (error) {
      if (error instanceof RunFailed && error.code === "world-moved") return nothing;
      throw error;
    }
  }

  async #discard(): Promise<Done> {
    const plan = await this.#openPlan();
    if (plan !== undefined) await this.catalogue.plans.close(plan.planId, "discarded", { now: this.#now, by: "ops" });
    return nothing;
  }

  async #undo(asked: string | undefined): Promise<Done> {
    const marie = { by: "marie", now: this.#now };
    const undone = asked === undefined ? null : await this.catalogue.plans.find(asked);
    const made = undone === null ? null : await undoRun(this.catalogue, marie, undone);
    if (undone === null || made === null || "refused" in made) return nothing;
    const remarks = await this.catalogue.plans.remarks(made.planId);
    const spared = new Map(remarks.map(({ aidId, params }) => [aidId ?? "", params.fields as readonly string[]]));
    if (made.changes > 0) await applyActs(this.catalogue, made.planId, marie, false);
    return { ...nothing, planId: made.changes > 0 ? made.planId : null, undone: { planId: undone.planId, spared } };
  }

  async #curate(act: CuratorAct, all: readonly CuratedAid[]): Promise<Done> {
    const marie = { by: "marie", now: this.#now };
    const into = "into" in act ? all[act.into % Math.max(1, all.length)] : undefined;
    const decide = (aid: CuratedAid) => verdictOn(act, aid, into ?? aid, marie);
    const able = all.filter((aid) => !("refused" in decide(aid)));
    const aids = act.act === "edit-all" || act.act === "publish-all" ? able : able.slice(act.pick % Math.max(1, able.length)).slice(0, 1);
    const { plan } = await planActs(this.catalogue, marie, { connector: this.harvest.connector, asked: { ...act } }, [aids], decide);
    if (plan !== null) await applyActs(this.catalogue, plan.planId, marie, true);
    return { ...nothing, planId: plan?.planId ?? null, isWhole: true, acted: aids.map(({ aidId }) => aidId) };
  }
}

function partOf({ pick, ...part }: PartOfPlan, before: World): PlanPart {
  const aidId = [...before.keys()][(pick ?? 0) % Math.max(1, before.size)];
  return { ...part, ...(pick !== undefined && { aids: [aidId ?? "none"] }) };
}
