# One short command a job; `make` alone lists them. Needs Python 3.11+ and make, nothing else.
# The environment is made once, in .venv/, from requirements.lock; a second run needs no network.

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help site serve check test lint fuzz demo bench lock clean

help:  ## 列出这些命令 list these commands
	@printf '\n  make <command>\n\n'
	@sed -nE 's/^([a-z]+):.*  ## (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) \
	  | while IFS='|' read -r name what; do printf '  %-7s %s\n' "$$name" "$$what"; done
	@printf '\n  第一次用 New here? make site\n\n'

site: .venv/.stamp  ## 生成全部 build everything, reports/ -> datapackage/ -> site/, and say where to look
	@$(BIN)/ogi build

serve: .venv/.stamp  ## 本机看网站 show the site on this machine and rebuild it when a file changes
	@$(BIN)/ogi serve

check: .venv/.stamp  ## 提交前自查 what a review will say about reports/: structure, readings, doubts
	@$(BIN)/ogi check

test: lint  ## 全部测试 lint, then every test, unit and browser; fails if any fails
	@$(BIN)/python -m pytest -n 2

lint: .venv/.stamp  ## 查代码 style, likely bugs and types, in seconds
	@$(BIN)/ruff check scripts tests benchmarks
	@$(BIN)/mypy

fuzz: .venv/.stamp  ## 坏文件测试 broken and random documents against every reader (hours; FUZZ="--scale 0.01" for a taste)
	@$(BIN)/python -m benchmarks.fuzz $(FUZZ)

demo: .venv/.stamp  ## 大规模样站 the site at size, of N made-up reports, in build/demo/ (make demo N=10000)
	@$(BIN)/python -m benchmarks.demo $(N)

bench: .venv/.stamp  ## 测准确率和速度 accuracy and speed on generated reports, beside other tools (long)
	@$(BIN)/python -m benchmarks

lock: .venv/.stamp  ## 更新依赖 choose newer dependencies: requirements.lock, exact, hashed, for every platform
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/python -m uv pip compile pyproject.toml --extra ocr --extra test --group build --upgrade --quiet \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate --output-file requirements.lock
	@echo 'requirements.lock is new: make test, read what changed (git diff), commit both.'

clean:  ## 清理生成物 remove what was built (site/, caches); .venv/, reports/ and datapackage/ stay
	@rm -rf site build dist .cache .pytest_cache .ruff_cache .mypy_cache .hypothesis scripts/*.egg-info
	@find scripts tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

define CHECK_PYTHON
import sys
remedy = " Install Python 3.11 or newer, or name one that you have: make site PYTHON=python3.12"
if sys.version_info < (3, 11):
    sys.exit("$(PYTHON) is Python " + sys.version.split()[0] + ", too old." + remedy)
try:
    import ensurepip, venv
except ImportError:
    sys.exit("$(PYTHON) cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv")
endef
export CHECK_PYTHON

# The project goes in without dependencies and without build isolation: all that it needs is in the lock.
.venv/.stamp: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo 'There is no $(PYTHON) here. Install Python 3.11 or newer,' \
	  'or name one that you have: make site PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo 'Installing what requirements.lock names into .venv/ (once, a minute or two) …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
