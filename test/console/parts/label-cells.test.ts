import { describe, expect, it } from "vitest";
import { labelCells } from "../../../src/console/parts/table.tsx";

describe("labelCells", () => {
  it("labels each cell but the first with the title of its column", () => {
    expect(labelCells("<tr><td>Aide</td><td class='a'>3</td></tr><tr><th scope=row>Autre</th><td>4</td></tr>", ["Nom", "Reçus"])).toBe(
      `<tr><td>Aide</td><td data-label="Reçus" class='a'>3</td></tr><tr><th scope=row>Autre</th><td data-label="Reçus">4</td></tr>`,
    );
  });

  it("labels the first cell too, if it is a number", () => {
    expect(labelCells("<tr><td>3</td></tr>", ["Nombre"], true)).toBe('<tr><td data-label="Nombre">3</td></tr>');
  });

  it("escapes titles, and labels nothing in a column without a title", () => {
    expect(labelCells("<tr><td>1</td><td>2</td><td>3</td></tr>", ["", "", 'Dit « "oui" & non »'])).toBe(
      `<tr><td>1</td><td>2</td><td data-label="Dit « &quot;oui&quot; & non »">3</td></tr>`.replace("& non", "&amp; non"),
    );
  });

  it("leaves a table inside a cell, and words that begin like a tag, as they are", () => {
    const inner = "<table><tr><td>x</td><td>y</td></tr></table>";
    expect(labelCells(`<tr><td>1</td><td>${inner}</td><td>&lt;td></td></tr>`, ["A", "B", "C"])).toBe(
      `<tr><td>1</td><td data-label="B">${inner}</td><td data-label="C">&lt;td></td></tr>`,
    );
    expect(labelCells("<tr><td><tdx></td><td><track></td></tr>", ["A", "B"])).toBe(
      '<tr><td><tdx></td><td data-label="B"><track></td></tr>',
    );
  });
});
