import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";

/** A copy of the project, in which one file at a time is changed. The project itself never contains a mutant. */
export interface WorkCopy {
  readonly root: string;
  /** Replaces a file of the copy until `restore`. */
  change(file: string, text: string): void;
  restore(): void;
  /** Returns what the compiler says about a file of the copy, or null. */
  typeError(file: string): string | null;
  remove(): void;
}

/** Copies the files that git tracks or would track. Packages are shared with the project. */
export function copyProject(project: string): WorkCopy {
  const folder = mkdtempSync(join(tmpdir(), "moisson-mutants-"));
  const root = join(folder, "project");
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: project, encoding: "utf8" });
  for (const file of files.split("\0")) if (file !== "" && existsSync(join(project, file))) cpSync(join(project, file), join(root, file));
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"), "dir");
  const shared = join(dirname(project), "shared");
  if (existsSync(shared)) symlinkSync(shared, join(folder, "shared"), "dir");
  const changed = new Set<string>();
  const compiler = compilerIn(root);
  return {
    root,
    change: (file, text) => {
      changed.add(file);
      writeFileSync(join(root, file), text);
    },
    restore: () => {
      for (const file of changed) cpSync(join(project, file), join(root, file));
      changed.clear();
    },
    typeError: (file) => compiler(join(root, file)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Returns a function that checks the types of one file. It reads each unchanged file only once. */
function compilerIn(root: string): (file: string) => string | null {
  const { options, errors } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  if (errors.length > 0) throw new Error("tsconfig.json cannot be read");
  let current = "";
  const host: ts.LanguageServiceHost = {
    ...ts.sys,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [current],
    getScriptVersion: (name) =>
      name.startsWith(root) && ts.sys.fileExists(name) ? String(ts.sys.getModifiedTime?.(name)?.getTime()) : "1",
    getScriptSnapshot: (name) => (ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined),
    getCurrentDirectory: () => root,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  };
  const service = ts.createLanguageService(host);
  return (file) => {
    current = file;
    const [error] = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
    return error === undefined ? null : ts.flattenDiagnosticMessageText(error.messageText, " ");
  };
}
