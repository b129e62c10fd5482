import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RunReport } from "../../model/run/run-report.ts";
import { findInstallation } from "../../registry/installation.ts";
import type { JobServices } from "../job-services.ts";
import type { RunProcesses } from "../run-processes/run-processes.ts";
import type { WorkerWatcher } from "../worker/worker.ts";
import { atMostEvery, type CatalogueFigures, readFigures } from "./catalogue-figures.ts";

/** A worker's figures for Prometheus, updated by its events. */
export interface Metrics extends WorkerWatcher {
  readonly contentType: string;
  /** Returns the current figures; those of queue and catalogue are read now. */
  text(): Promise<string>;
}

const seconds = [0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/** Creates the figures of this process and of its `processes`. Those of queue and catalogue are the same in all workers. */
export function createMetrics(jobs: JobServices, processes?: RunProcesses): Metrics {
  const { services, queue } = jobs;
  const { catalogue } = services;
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const { version, commit } = findInstallation();
  new Gauge({ name: "moisson_build_info", help: "Version and commit of this worker.", labelNames: ["version", "commit"], registers }).set(
    { version, commit: commit ?? "" },
    1,
  );
  const runs = new Counter({
    name: "moisson_runs_total",
    help: "Runs that ended, by outcome.",
    labelNames: ["connector", "outcome"],
    registers,
  });
  const records = new Counter({
    name: "moisson_records_total",
    help: "Records of runs that ended, by what became of them.",
    labelNames: ["connector", "result"],
    registers,
  });
  const stages = new Histogram({
    name: "moisson_stage_seconds",
    help: "How long the stages of a run took.",
    labelNames: ["stage"],
    buckets: seconds,
    registers,
  });
  const lookedAt = new Counter({ name: "moisson_looks_total", help: "Looks at what is due or was left behind.", registers });
  const putBack = new Counter({ name: "moisson_runs_put_back_total", help: "Runs that the queue had lost.", registers });
  new Gauge({
    name: "moisson_queue_jobs",
    help: "Jobs in the queue.",
    labelNames: ["state"],
    registers,
    async collect() {
      const depth = await queue.depth();
      for (const [state, jobs] of Object.entries(depth)) this.set({ state }, jobs);
    },
  });
  new Gauge({
    name: "moisson_last_applied_timestamp_seconds",
    help: "When the last run of a connector was applied.",
    labelNames: ["connector"],
    registers,
    async collect() {
      for (const { connector, appliedAt } of await catalogue.appliedRuns.lastTimes()) this.set({ connector }, appliedAt.getTime() / 1000);
    },
  });
  addFigures(
    atMostEvery(figuresEveryMs, () => readFigures(jobs)),
    registers,
  );
  if (processes !== undefined) addProcesses(processes, registers);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    onEnd: (report) => noteRun(report),
    onLook: (found) => {
      lookedAt.inc();
      putBack.inc(found.putBack.length);
    },
  };

  function noteRun({ connector, outcome, counts, stageMs }: RunReport): void {
    runs.inc({ connector, outcome });
    for (const result of ["skipped", "rejected", "created", "updated", "restored", "unchanged"] as const)
      records.inc({ connector, result }, counts[result]);
    for (const [stage, ms] of Object.entries(stageMs)) stages.observe({ stage }, ms / 1000);
  }
}

/** The figures need several queries over all connectors. */
const figuresEveryMs = 60_000;

function addFigures(read: () => Promise<CatalogueFigures>, registers: Registry[]): void {
  const gauge = (name: string, help: string, value: (figures: CatalogueFigures) => number) =>
    new Gauge({
      name: `moisson_${name}`,
      help,
      registers,
      async collect() {
        this.set(value(await read()));
      },
    });
  gauge("figures_timestamp_seconds", "When the figures below were read.", ({ readAt }) => readAt.getTime() / 1000);
  gauge("expected_runs", "Due times of the schedules in the last day.", (figures) => figures.expectedRuns);
  gauge("missing_runs", "Due times of the last day without a run.", (figures) => figures.missingRuns);
  gauge("overdue_schedules", "Connectors whose last scheduled run has not ended or does not exist.", (figures) => figures.overdueSchedules);
  gauge("future_due_times", "Due times of the last day that a wrong clock claimed for the future.", (figures) => figures.futureDueTimes);
  gauge("lost_runs", "Runs of the last hour that lost their worker.", (figures) => figures.lostRuns);
  gauge("sick_workers", "Workers that take no run, because they or the database lack something.", (figures) => figures.sickWorkers);
  gauge("held_plans", "Plans that guards hold.", (figures) => figures.heldPlans);
  gauge("oldest_held_plan_seconds", "Age of the oldest held plan.", (figures) => figures.oldestHeldPlanSeconds);
  gauge("failed_digests", "Digests that were not delivered on every channel.", (figures) => figures.failedDigests);
  gauge("failed_notifications", "People whose last notifications could not be sent.", (figures) => figures.failedNotifications);
  gauge("waiting_reviews", "New aids to review, and aids with proposals.", (figures) => figures.waitingReviews);
  gauge("database_bytes", "Size of the database.", (figures) => figures.databaseBytes);
  gauge("silent_publishers", "Publishers with a silent connector.", (figures) => figures.silentPublishers);
}

function addProcesses(processes: RunProcesses, registers: Registry[]): void {
  new Gauge({
    name: "moisson_run_processes",
    help: "Child processes for runs.",
    labelNames: ["state"],
    registers,
    collect() {
      const { busy, idle } = processes.figures();
      this.set({ state: "busy" }, busy);
      this.set({ state: "idle" }, idle);
    },
  });
  new Gauge({
    name: "moisson_run_processes_resident_bytes",
    help: "Memory of the child processes for runs, as last reported.",
    registers,
    collect() {
      this.set(processes.figures().rss);
    },
  });
}
