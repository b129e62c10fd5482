import type { PortalDataset } from "../../model/run/portal-dataset.ts";

/** Describes a dataset in one line, with the portal's texts unchanged. */
export function datasetInWords({ title, organisation, licence, frequency, file, fileChangedAt }: PortalDataset): string {
  const said = [
    title ?? "without title",
    organisation !== null && `of ${organisation}`,
    `licence ${licence ?? "not said"}`,
    frequency !== null && `changes ${frequency}`,
    file !== null && `file ${JSON.stringify(file)}`,
    fileChangedAt !== null && `of ${fileChangedAt}`,
  ];
  return said.filter((part) => part !== false).join(", ");
}
