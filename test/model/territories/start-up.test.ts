import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

/** Runs code in a new Node process and returns the names of the JSON files that it reads. */
function filesReadBy(code: string): string[] {
  const script = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const read = [];
    const readFileSync = fs.readFileSync;
    fs.readFileSync = (path, ...rest) => {
      const name = /decoupage-administratif\\/data\\/(\\w+)\\.json/.exec(String(path))?.[1];
      if (name) read.push(name);
      return readFileSync(path, ...rest);
    };
    syncBuiltinESMExports();
    const perimeters = await import("./src/model/territories/perimeters.ts");
    ${code}
    console.log(read.join(" "));
  `;
  const output = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], { encoding: "utf8" });
  return output.trim().split(" ").filter(Boolean);
}

describe("start-up", () => {
  it("importing the territories reads no file, a region reads the regions, a commune reads the communes once", () => {
    expect(filesReadBy("")).toEqual([]);
    expect(filesReadBy(`perimeters.findPerimeterByName("Bretagne", ["region", "department"]);`)).toEqual(["regions"]);
    expect(
      filesReadBy(`for (const code of ["29019", "75101"]) perimeters.findPerimeter({ scale: "commune", code });
        perimeters.findPerimeterByName("Brest", ["commune"]);`),
    ).toEqual(["communes"]);
  });
});
