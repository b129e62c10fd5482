import ExcelJS from "exceljs";

/** Returns a workbook like `HE_calls`: closed calls among open and forthcoming ones, and a first column without a title. */
export async function horizonShape(): Promise<File> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("calls");
  sheet.addRow([null, "topicId", "topicTitle", "status", "openDate", "closeDate", "callYear", "remark"]);
  for (const [index, [status, year]] of states.entries()) {
    const number = index + 1;
    const dates = [`2026-0${(index % 9) + 1}-05`, `2027-0${(index % 9) + 1}-15`];
    sheet.addRow([number, `HORIZON-CL5-${year}-D1-0${number}`, `Batteries for ferries, part ${number}`, status, ...dates, year, null]);
  }
  return new File([new Uint8Array(await workbook.xlsx.writeBuffer())], "calls.xlsx");
}

const states: readonly (readonly [status: string, year: number])[] = [
  ["Closed", 2025],
  ["Closed", 2025],
  ["Open", 2026],
  ["Closed", 2025],
  ["Forthcoming", 2027],
  ["Closed", 2026],
  ["Open", 2026],
  ["Closed", 2025],
  ["Open", 2026],
];

/** The number of closed calls, and of all. */
export const horizonCounts = { closed: 5, all: states.length };
