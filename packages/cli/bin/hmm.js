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
  // Behind Function because old versions cannot even parse an import expression.
  Function(
    'url',
    'return import(url)',
  )(require('url').pathToFileURL(require('path').join(__dirname, '../dist/main.js')).href).catch(
    function (error) {
      console.error(error);
      process.exitCode = 4;
    },
  );
}
