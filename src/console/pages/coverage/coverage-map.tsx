import type { Child } from "hono/jsx";
import type { Filter } from "../../lists/list.ts";
import { Link } from "../../parts/link.tsx";
import type { CoverageRow } from "./coverage-rows.ts";
import france from "./france-shapes.json" with { type: "json" };
import { CoveragePatterns, PlaceLink, type Shading, shadeByAids, shadeByState } from "./map-places.tsx";

/** Departments that are too small to click. An inset shows them enlarged. */
const aroundParis = ["75", "92", "93", "94"];
/** SVG transform that moves them to a free corner and enlarges them. */
const aroundParisPlace = "translate(10 55) scale(4.5) translate(-478 -216)";

/**
 * The map of regions or departments, including overseas, shaded by their open aids or by the state of their publishers. The table has the
 * same content.
 */
export function CoverageMap({ rows, filter }: { readonly rows: readonly CoverageRow[]; readonly filter: Filter }): Child {
  const scale = filter.carte === undefined ? "region" : "department";
  const shapes: Readonly<Record<string, string>> = scale === "region" ? france.regions : france.departments;
  const shown = rows.filter(({ territory, isOverseas }) => territory.scale === scale && !isOverseas);
  const shapeOf = ({ territory }: CoverageRow) => shapes[territory.code] ?? "";
  const small = scale === "region" ? [] : shown.filter(({ territory }) => aroundParis.includes(territory.code));
  const drawn = [...shown, ...overseasPlaces(rows, scale).map(({ row }) => row)];
  const shading = filter.montrer === undefined ? shadeByAids(drawn, filter) : shadeByState(drawn, filter.theme ?? null);
  return (
    <figure class="moisson-figure moisson-map" aria-labelledby="carte-titre">
      <figcaption id="carte-titre">{`${scale === "region" ? "Régions" : "Départements"} : ${shading.summary}`}</figcaption>
      {shading.legend}
      <p class="moisson-no-print">
        <Link href="#apres-la-carte" label="Passer la carte" />
      </p>
      <svg
        class="moisson-map__plane"
        viewBox="-4 -4 1018 1254"
        role="group"
        aria-label={scale === "region" ? "Carte des régions" : "Carte des départements"}
      >
        <CoveragePatterns scale={2} />
        <CoveragePatterns scale={0.9} prefix="outre-mer" />
        <g>
          {shown
            .filter((row) => !small.includes(row))
            .map((row) => (
              <PlaceLink row={row} shading={shading}>
                <path d={shapeOf(row)} />
              </PlaceLink>
            ))}
          {small.map((row) => (
            <path class={`moisson-map__place ${shading.classOf(row)}`} fill={shading.fillOf(row)} d={shapeOf(row)} />
          ))}
        </g>
        {small.length > 0 && (
          <>
            <text x="10" y="40">
              Paris et petite couronne
            </text>
            <g transform={aroundParisPlace}>
              <CoveragePatterns scale={0.35} prefix="couronne" />
              {small.map((row) => (
                <PlaceLink row={row} shading={shading} patterns="couronne">
                  <path d={shapeOf(row)} />
                </PlaceLink>
              ))}
            </g>
          </>
        )}
        <OverseasInsets rows={rows} shading={shading} scale={scale} />
        <CollectivitySquares rows={rows} shading={shading} />
      </svg>
      <p id="apres-la-carte" class="moisson-mention" tabindex={-1}>
        Contours : @gouvfr/dsfr-chart (DINUM, licence MIT).
      </p>
    </figure>
  );
}

/** Overseas regions are also departments. Maps the code of the region to that of the department, which is the key of the shape. */
const departmentOfRegion: Readonly<Record<string, string>> = { "01": "971", "02": "972", "03": "973", "04": "974", "06": "976" };
const shapes: Readonly<Record<string, { readonly viewBox: string; readonly shape: string }>> = france.overseas;
const width = 130;
const step = 180;
/** Scale of the shapes, which are 50 units high. */
const enlarged = 2.2;

/** Returns the five territories that have a shape. If region and department have one authority, its territory is on both maps. */
function overseasPlaces(
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
function OverseasInsets(given: {
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
function CollectivitySquares({ rows, shading }: { readonly rows: readonly CoverageRow[]; readonly shading: Shading }): Child {
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
