import type { Options, Params, SingleBar } from "cli-progress";
import type { StageProgress } from "../model/run/run-report.ts";

/** Progress of a long task. */
export interface Progress {
  /** The task, such as a connector. Another title starts another line. */
  readonly title: string;
  /** Step of the task, such as "reading". Rate and time left are those of the step. */
  readonly step?: string;
  readonly done: number;
  /** Null if unknown. The line then shows no share and no time left. */
  readonly total: number | null;
  readonly unit: "aids" | "bytes" | "connectors" | "links" | "places" | "records" | "rows";
  /** Leaves the last state on the terminal when the task ends. */
  readonly isKept?: boolean;
}

/** A line that is redrawn in place. */
export interface ProgressBar {
  /** Draws the line; null ends it. */
  show(progress: Progress | null): void;
  /** Erases the line before other output. It is drawn again below. */
  clear(): void;
}

type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
type Library = typeof import("cli-progress");

const barWidth = 24;
/** A narrower terminal shows the numbers only, without the bar. */
const minColumnsForBar = 90;

/** Returns a bar on this stream, which stays silent unless it is a terminal. The library is loaded with the first progress. */
export function createProgressBar(stream: Stream): ProgressBar {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let library: Library | undefined;
  let isLoading = false;
  let latest: Progress | null = null;
  let drawn: { readonly bar: SingleBar; title: string; step: string | undefined } | null = null;

  const end = () => {
    drawn?.bar.stop();
    drawn = null;
  };
  const draw = (progress: Progress, { SingleBar, Format }: Library) => {
    const { title, step, done, isKept = false } = progress;
    // A total that was announced too low must not show more than 100 %.
    const total = Math.max(progress.total ?? 0, done);
    if (drawn?.title !== title) end();
    if (drawn === null) {
      const options: Options = {
        stream,
        clearOnComplete: !isKept,
        gracefulExit: false,
        hideCursor: null,
        linewrap: true,
        forceRedraw: true,
      };
      const format = (used: Options, params: Params, { shown }: { shown: Progress }) =>
        progressLine(shown, params, stream.columns ?? 80, {
          bar: Format.BarFormat(params.progress, { ...used, barsize: barWidth }),
          time: (seconds) => Format.TimeFormat(seconds, used, 1),
        });
      drawn = { bar: new SingleBar({ ...options, format, barCompleteChar: "█", barIncompleteChar: "░" }), title, step };
      drawn.bar.start(total, done, { shown: progress });
    } else if (drawn.step !== step) {
      drawn.step = step;
      drawn.bar.start(total, done, { shown: progress });
    } else {
      drawn.bar.setTotal(total);
      drawn.bar.update(done, { shown: progress });
    }
  };
  return {
    show(progress) {
      latest = progress;
      if (progress === null) end();
      else if (library !== undefined) draw(progress, library);
      else if (!isLoading) {
        isLoading = true;
        void import("cli-progress").then((loaded) => {
          library = loaded.default;
          if (latest !== null) draw(latest, library);
        });
      }
    },
    clear() {
      if (drawn !== null) stream.write("\r\u001b[2K");
    },
  };
}

/** Returns `departement-drome reading ████░░ 40 % 1200 of 3000 records 400 records/s 5s left`, cut to the width of the terminal. */
function progressLine(
  { title, step, done, total, unit }: Progress,
  params: Params,
  columns: number,
  { bar, time }: { readonly bar: string; time(seconds: number): string },
): string {
  const seconds = (Date.now() - params.startTime) / 1000;
  const hasShare = total !== null && total > 0;
  const isDone = hasShare && done >= total;
  const parts = [
    title,
    step,
    hasShare && columns >= minColumnsForBar && bar,
    hasShare && `${Math.floor(Math.min(done / total, 1) * 100)} %`,
    done > 0 && (hasShare && !isDone ? `${amount(done, unit, false)} of ${amount(total, unit)}` : amount(done, unit)),
    done > 0 && !isDone && seconds >= 1 && `${amount(done / seconds, unit)}/s`,
    hasShare && !isDone && typeof params.eta === "number" && Number.isFinite(params.eta) && `${time(params.eta)} left`,
  ];
  return parts
    .filter((part) => part !== undefined && part !== false)
    .join("  ")
    .slice(0, columns - 1);
}

function amount(count: number, unit: Progress["unit"], withUnit = true): string {
  if (unit === "bytes") return `${(count / 1_000_000).toFixed(1)}${withUnit ? " MB" : ""}`;
  return `${Math.round(count)}${withUnit ? ` ${unit}` : ""}`;
}

const stageSteps = { fetch: "fetching", read: "reading", plan: "planning", apply: "applying" } as const;

/** Returns the progress of a connector's run. */
export function runProgress(connector: string, { stage, done, of }: StageProgress, isKept = false): Progress {
  return { title: connector, step: stageSteps[stage], done, total: of, unit: stage === "fetch" ? "bytes" : "records", isKept };
}
