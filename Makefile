# The commands of this project; `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.11 python3.12 python3; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] < (3,13))' 2>/dev/null && echo $$p && break; done)
RUN_PACKAGES := tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd poppler-utils fonts-croscore python3-venv
TEST_PACKAGES := $(RUN_PACKAGES) chromium dovecot-imapd fontconfig fonts-dejavu-core fonts-liberation fonts-kristi postgresql
BIN := .venv/bin

.PHONY: help run setup setup-dev test check-code bench bench-extract bench-reading bench-batches bench-links story model torture fuzz bench-scale bench-cluster soak lock clean bench-desk
help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

run: setup       ## install what is missing, then read the sample dispatch into the register
	@$(BIN)/vanthu demo

setup: .venv/run.done     ## .venv with the command, from the lock file

setup-dev: .venv/dev.done

test: setup-dev  ## the whole suite: style, types, imports, tests
	@$(MAKE) --no-print-directory check-code
	$(BIN)/python -m pytest -n 2 --dist worksteal

check-code: setup-dev     ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: setup-dev ## accuracy of reading and extraction over the corpus
	$(BIN)/python -m benchmarks.accuracy

bench-extract: setup-dev ## header, wrong values and body of records, documents tuned on beside others
	$(BIN)/python -m benchmarks.extraction

bench-batches: setup-dev ## stacks scanned into one file: where they are split
	$(BIN)/python -m benchmarks.batches --group test --stacks 40

bench-reading: setup-dev ## errors, speed, memory, right way up of reading, beside plain Tesseract (and OCRmyPDF, where that is installed)
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.speed --memory 300
	$(BIN)/python -m benchmarks.turned
	$(BIN)/python -m benchmarks.untouched
	$(BIN)/python -m benchmarks.calibration

story: setup-dev ## documents of four months day by day through the real flow, against an expectation written by hand
	$(BIN)/python -m benchmarks.story

bench-links: setup-dev ## links between documents and closed items, on labelled cases
	$(BIN)/python -m benchmarks.links --set test --details
	$(BIN)/python -m benchmarks.links --set test2 --details

model:           ## a better model of Vietnamese for Tesseract into outputs/tessdata (needs npm)
	@mkdir -p build/model $${VANTHU_OUTPUTS:-outputs}/tessdata
	cd build/model && npm pack --silent @tesseract.js-data/vie@1.0.0 && tar xzf tesseract.js-data-vie-1.0.0.tgz
	gunzip -c build/model/package/4.0.0_best_int/vie.traineddata.gz > $${VANTHU_OUTPUTS:-outputs}/tessdata/vie.traineddata.part
	mv $${VANTHU_OUTPUTS:-outputs}/tessdata/vie.traineddata.part $${VANTHU_OUTPUTS:-outputs}/tessdata/vie.traineddata

bench-desk: setup-dev ## the desk on full registers: from Enter to the next document, lists and searches
	$(BIN)/python -m benchmarks.desk

torture: setup-dev ## kill the office some hundreds of times and count what is lost
	$(BIN)/python -m benchmarks.torture --kills 500 --seconds 1800
	$(BIN)/python -m benchmarks.kills --kills 20

fuzz: setup-dev  ## read 20,000 files changed at random and count the readers that die
	$(BIN)/python -m benchmarks.fuzz --inputs 20000 --seconds 1800 --keep build/crashes

bench-scale: setup-dev ## a register of 1,000,000 documents: size, search, insertion, memory
	$(BIN)/python -m benchmarks.scale --documents 1000000

bench-cluster: setup-dev ## one night on one worker, on two, on one that dies, on one that joins late
	$(BIN)/python -m benchmarks.cluster

soak: setup-dev  ## the office at full load for half an hour: memory, file handles, times
	$(BIN)/python -m benchmarks.soak --minutes 30

lock:            ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements-dev.lock

clean:           ## remove the environment (inbox and outputs stay)
	rm -rf .venv build *.egg-info

.venv/run.done: requirements.lock pyproject.toml Makefile
	@.ci/packages $(RUN_PACKAGES)
	@.ci/venv "$(PYTHON)" requirements.lock
	@touch $@

.venv/dev.done: requirements-dev.lock pyproject.toml Makefile
	@.ci/packages $(TEST_PACKAGES)
	@.ci/venv "$(PYTHON)" requirements-dev.lock
	@touch $@ .venv/run.done
