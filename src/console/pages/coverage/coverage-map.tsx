import type { Child } from "hono/jsx";
import type { Filter } from "../../lists/list.ts";
import type { CoverageRow } from "./coverage-rows.ts";
import france from "./france-shapes.json" with { type: "json" };
import { CollectivitySquares, OverseasInsets, overseasPlaces } from "./map-overseas.tsx";
import { CoveragePatterns, PlaceLink, shadeByState } from "./map-places.tsx";
import { shadeByAids } from "./shade-by-aids.tsx";

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
        <a class="fr-link" href="#apres-la-carte">
          Passer la carte
        </a>
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
