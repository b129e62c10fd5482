import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import type { CoverageRow } from "./coverage-rows.ts";
import france from "./france-shapes.json" with { type: "json" };
import { CollectivitySquares, OverseasInsets, overseasPlaces } from "./map-overseas.tsx";
import { CoveragePatterns, MapLegend, PlaceLink } from "./map-places.tsx";

/** Departments that are too small to click. An inset shows them enlarged. */
const aroundParis = ["75", "92", "93", "94"];
/** SVG transform that moves them to a free corner and enlarges them. */
const aroundParisPlace = "translate(10 55) scale(4.5) translate(-478 -216)";

/** The map of regions or departments, including overseas. Each territory links to its publishers. The table has the same content. */
export function CoverageMap(given: {
  readonly rows: readonly CoverageRow[];
  readonly scale: "region" | "department";
  readonly theme: string | null;
}): Child {
  const { rows, scale, theme } = given;
  const shapes: Readonly<Record<string, string>> = scale === "region" ? france.regions : france.departments;
  const shown = rows.filter(({ territory, isOverseas }) => territory.scale === scale && !isOverseas);
  const shapeOf = ({ territory }: CoverageRow) => shapes[territory.code] ?? "";
  const small = scale === "region" ? [] : shown.filter(({ territory }) => aroundParis.includes(territory.code));
  const drawn = [...shown, ...overseasPlaces(rows, scale).map(({ row }) => row)];
  const online = drawn.filter(({ state }) => state === "online").length;
  return (
    <figure class="moisson-figure moisson-map" aria-labelledby="carte-titre">
      <figcaption id="carte-titre">
        {french`${scale === "region" ? "Régions" : "Départements"} : ${online} en ligne sur ${drawn.length}. Chaque territoire mène à ses producteurs ; le tableau dit la même chose.`}
      </figcaption>
      <MapLegend />
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
              <PlaceLink row={row} theme={theme}>
                <path d={shapeOf(row)} />
              </PlaceLink>
            ))}
          {small.map((row) => (
            <path class={`moisson-map__place is-${row.state}`} fill={`url(#carte-${row.state})`} d={shapeOf(row)} />
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
                <PlaceLink row={row} theme={theme} patterns="couronne">
                  <path d={shapeOf(row)} />
                </PlaceLink>
              ))}
            </g>
          </>
        )}
        <OverseasInsets rows={rows} theme={theme} scale={scale} />
        <CollectivitySquares rows={rows} theme={theme} />
      </svg>
      <p id="apres-la-carte" class="moisson-mention" tabindex={-1}>
        Contours : @gouvfr/dsfr-chart (DINUM, licence MIT).
      </p>
    </figure>
  );
}
