import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A script of `test/support` in its own process, and the lines that it prints. */
export interface StartedScript {
  readonly child: ChildProcess;
  /** Returns the next printed line, or null after the end. */
  nextLine(): Promise<string | null>;
  /** Sends SIGKILL and waits for the end. */
  kill(): Promise<void>;
}

/** Starts `test/support/<name>` with these additional variables. Its stderr goes to ours. */
export function startScript(name: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): StartedScript {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    nextLine: async () => {
      const { done, value } = await lines.next();
      return done ? null : value;
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
