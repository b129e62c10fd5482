/**
 * Returns why the dump of a version may not be written, or null. A version is released when the heading of its changes has a day:
 * `## [0.2.0] - 2026-12-01`.
 */
export function releaseProblem(version: string, changelog: string, isKept: boolean): string | null {
  const heading = changelog.split("\n").find((line) => line.startsWith(`## [${version}]`));
  if (!isKept || heading === undefined || !/ - \d{4}-\d{2}-\d{2}$/.test(heading)) return null;
  return `version ${version} is released (${heading}): its dump must stay as it is; raise the version in package.json first`;
}
