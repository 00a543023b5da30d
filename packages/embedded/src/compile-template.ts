// SPDX-License-Identifier: MIT
/** A template through the front end, and what comes out of it moved into the .ts file. */

import { type Compilation, type Host, compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { relocate } from './relocate.ts';
import type { TemplateSource } from './template-source.ts';

/** Never throws for what a template contains. */
export function compileTemplate(template: TemplateSource): Compilation {
  const files = createNodeHost({ root: template.root });
  const templates = new Map([[template.name, template]]);
  const host: Host = {
    ...files,
    importFile(path, from) {
      const included = templates.get(from)?.included.get(path);
      if (included === undefined) return files.importFile(path, from);
      templates.set(included.name, included);
      return { file: included.name, text: included.text };
    },
  };
  return relocate(compile(template.text, template.name, host), templates);
}
