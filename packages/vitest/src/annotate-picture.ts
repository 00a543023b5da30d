// SPDX-License-Identifier: MIT
/** Attaches a finding's schedule as a picture: the UI and the html report show it. */

import { type FindingReport, renderSvg } from '@hmmlab/reporter';
import type { TestContext } from 'vitest';

/** One annotation with an SVG that has its own background, for light and dark pages alike. */
export function annotatePicture(ctx: TestContext, report: FindingReport): void {
  void ctx.annotate(`${report.name}, as a picture`, 'picture', {
    contentType: 'image/svg+xml',
    body: Buffer.from(renderSvg([report], { theme: 'light' })).toString('base64'),
  });
}
