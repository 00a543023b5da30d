#!/usr/bin/env node
// Starts the hmm command. Old syntax on purpose: any Node must be able to read this file as far as
// the version check. Exit code 3 is "invalid input", as everywhere in the command.
'use strict';

var needed = [22, 12];
var found = process.versions.node.split('.').map(Number);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    'hmm needs Node ' + needed.join('.') + ' or newer, and this is ' + process.versions.node + '.',
  );
  process.exitCode = 3;
} else {
  // In a file of its own because old versions cannot even parse an import expression.
  require('./start.js')();
}
