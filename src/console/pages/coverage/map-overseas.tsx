import type { Child } from "hono/jsx";
import type { CoverageRow } from "./coverage-rows.ts";
import france from "./france-shapes.json" with { type: "json" };
import { PlaceLink, type Shading } from "./map-places.tsx";

/** Overseas regions are also departments. Maps the code of the region to that of the department, which is the key of the shape. */
const departmentOfRegion: Readonly<Record<string, string>> = { "01": "971", "02": "972", "03": "973", "04": "974", "06": "976" };
const shapes: Readonly<Record<string, { readonly viewBox: string; readonly shape: string }>> = france.overseas;
const width = 130;
const step = 180;
/** Scale of the shapes, which are 50 units high. */
const enlarged = 2.2;

/** Returns the five territories that have a shape. If region and department have one authority, its territory is on both maps. */
export function overseasPlaces(
  rows: readonly CoverageRow[],
  scale: "region" | "department",
): readonly { readonly row: CoverageRow; readonly department: string }[] {
  return Object.entries(departmentOfRegion).flatMap(([region, department]) => {
    const own = scale === "department" ? rows.find(({ key }) => key === `department:${department}`) : undefined;
    const row = own ?? rows.find(({ key }) => key === `region:${region}`);
    return row === undefined ? [] : [{ row, department }];
  });
}

/** The overseas regions or departments, as insets. */
export function OverseasInsets(given: {
  readonly rows: readonly CoverageRow[];
  readonly scale: "region" | "department";
  readonly shading: Shading;
}): Child {
  const { rows, scale, shading } = given;
  return overseasPlaces(rows, scale).map(({ row, department }, index) => {
    const shape = shapes[department];
    if (shape === undefined) return null;
    const x = 60 + index * step;
    return (
      <>
        <g transform={`translate(${x} 1010) scale(${enlarged})`}>
          <PlaceLink row={row} shading={shading} patterns="outre-mer">
            <path d={shape.shape} />
          </PlaceLink>
        </g>
        <text x={x + width / 2} y="1142" text-anchor="middle">
          {row.territory.name}
        </text>
      </>
    );
  });
}

/** Collectivities without a shape, as squares with their code. */
export function CollectivitySquares({ rows, shading }: { readonly rows: readonly CoverageRow[]; readonly shading: Shading }): Child {
  return rows
    .filter(({ territory }) => territory.scale === "collectivity")
    .map((row, index) => {
      const x = 60 + index * 118;
      return (
        <>
          <PlaceLink row={row} shading={shading}>
            <rect x={x} y="1165" width="44" height="44" />
          </PlaceLink>
          <text x={x + 22} y="1238" text-anchor="middle">
            {row.territory.code}
          </text>
        </>
      );
    });
}
