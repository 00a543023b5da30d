// SPDX-License-Identifier: MIT
/** `hmm run --format F`: only the reports, in a form for others; what else there is to say goes to standard error. */

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Report,
  renderJson,
  renderMail,
  renderMarkdown,
  renderSummary,
  renderSvg,
  renderTerminal,
} from '@hmmlab/reporter';
import { cliError } from './codes.ts';
import type { Console } from './console.ts';
import type { ExitCode } from './exit-code.ts';
import { printCliError } from './print-diagnostics.ts';
import type { ReportTarget } from './report-format.ts';
import { reportsOf } from './reports-of.ts';
import type { RunListener } from './run-listener.ts';
import type { InstanceResult } from './run-scenario.ts';
import { createTextListener } from './text-listener.ts';
import { wrapped } from './wrapped.ts';

const WIDTH = 100;
const MAIL_WIDTH = 72;

interface Told {
  readonly result: InstanceResult;
  readonly reports: readonly Report[];
}

/** A verdict without reports as one paragraph, so that nothing that ran is left out of a text. */
function summaryOf({ name, program, verdict }: InstanceResult, width: number): string {
  return wrapped(`${name}: ${renderSummary(program, verdict)}`, { width }).join('\n');
}

function texts(
  told: readonly Told[],
  width: number,
  render: (report: Report) => string,
): readonly string[] {
  return told.flatMap(({ result, reports }) =>
    reports.length === 0 ? [summaryOf(result, width)] : reports.map((report) => render(report)),
  );
}

function rendered(told: readonly Told[], { format, theme }: ReportTarget): string {
  const all = told.flatMap(({ reports }) => reports);
  switch (format) {
    case 'terminal': {
      const options = { width: WIDTH, color: false };
      return texts(told, WIDTH, (report) => renderTerminal(report, options)).join('\n\n\n');
    }
    case 'mail':
      return texts(told, MAIL_WIDTH, renderMail).join('\n\n\n');
    case 'markdown':
      return texts(told, WIDTH, renderMarkdown).join('\n\n');
    case 'svg':
      return renderSvg(all, { theme });
    case 'json':
      return renderJson(all);
  }
}

/** Expected findings are told too: a scenario that expects its bug is the usual one to be sent round. */
export function createReportListener(console: Console, target: ReportTarget): RunListener {
  const quiet = createTextListener({ ...console, out: console.err }, { reports: false });
  const told: Told[] = [];
  return {
    ...quiet,
    result(result) {
      told.push({ result, reports: reportsOf(result, true) });
      quiet.result(result);
    },
    end(): ExitCode {
      quiet.end();
      const text = `${rendered(told, target)}\n`;
      if (target.file === null) {
        console.out.write(text);
        return 0;
      }
      try {
        writeFileSync(resolve(console.folder, target.file), text);
        return 0;
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        const message = `${target.file} cannot be written: ${why}`;
        printCliError(cliError('report-not-written', message, null), console.err);
        return 3;
      }
    },
  };
}
