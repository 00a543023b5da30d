// Loads the command itself, once hmm.js has seen that this Node can run it.
'use strict';

const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

module.exports = function start() {
  import(pathToFileURL(join(__dirname, '../dist/main.js')).href).catch((error) => {
    console.error(error);
    process.exitCode = 4;
  });
};
