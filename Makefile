# Đình Làng. `make` alone lists what there is to make.
.DEFAULT_GOAL := help
.PHONY: help setup run test lock lint types fmt bench-report bench-desk bench-portal bench-documents bench-upward bench-voice bench-citizens accuracy manual clean

# Which Python builds .venv; scripts/setup chooses when it is not said.
PYTHON ?=
BIN := .venv/bin

help: ## Liệt kê các lệnh – list these targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Dựng môi trường .venv từ danh mục thư viện đã khóa – build .venv from the hash-locked requirements
	@PYTHON="$(PYTHON)" scripts/setup run

run: setup ## Chạy máy chủ trên 127.0.0.1:8000, Ctrl-C để dừng – start web and worker
	@exec $(BIN)/dinhlang run

test: ## Chạy mọi kiểm tra (tự cài công cụ khi có quyền) – run every check
	@PYTHON="$(PYTHON)" scripts/setup dev
	@exec $(BIN)/python scripts/run_tests.py

lint: ## Định dạng, lỗi thường gặp, ranh giới giữa các gói – formatting, lint, import contracts
	@PYTHON="$(PYTHON)" scripts/setup dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: ## Kiểm tra kiểu – mypy
	@PYTHON="$(PYTHON)" scripts/setup dev
	$(BIN)/mypy

fmt: ## Định dạng lại mã nguồn – format the code
	@PYTHON="$(PYTHON)" scripts/setup dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## Khóa lại phiên bản và mã băm của thư viện – lock versions and hashes anew
	@PYTHON="$(PYTHON)" scripts/setup dev
	scripts/lock

bench-report: ## Đo tốc độ lập báo cáo – measure the report job
	@PYTHON="$(PYTHON)" scripts/setup dev
	@exec $(BIN)/python -m benchmarks.bench_report

bench-desk: ## Đo tốc độ và độ nhẹ của bàn làm việc – measure the desk
	@PYTHON="$(PYTHON)" scripts/setup dev
	@exec $(BIN)/python -m benchmarks.bench_desk

bench-portal: ## Đo tốc độ trang công khai, cạnh WordPress và Wagtail – measure public pages, beside WordPress and Wagtail
	@PYTHON="$(PYTHON)" scripts/setup dev
	@PYTHON="$(PYTHON)" scripts/setup_peers portal
	@exec $(BIN)/python -m benchmarks.bench_portal $(OPTIONS)

bench-documents: ## Đo tốc độ đọc, kiểm tra, khôi phục văn bản, so với công cụ khác – measure reading, checking, restoring
	@PYTHON="$(PYTHON)" scripts/setup dev
	@PYTHON="$(PYTHON)" scripts/setup_peers documents
	@exec $(BIN)/python -m benchmarks.bench_documents

bench-upward: ## Đo số liệu các cấp của cả nước mẫu, cạnh DuckDB và SQL – measure figures of every level of a synthetic nation
	@PYTHON="$(PYTHON)" scripts/setup dev
	@PYTHON="$(PYTHON)" scripts/setup_peers upward
	@exec $(BIN)/python -m benchmarks.bench_upward $(OPTIONS)

bench-voice: ## Đo việc đọc bản tin, cạnh thư viện khác – measure how bulletins are read, beside other libraries
	@PYTHON="$(PYTHON)" scripts/setup dev
	@PYTHON="$(PYTHON)" scripts/setup_peers voice
	@exec $(BIN)/python -m benchmarks.bench_voice $(OPTIONS)

bench-citizens: ## Đo việc phục vụ người dân: che thông tin riêng, ngày hẹn – measure how citizens are served
	@PYTHON="$(PYTHON)" scripts/setup dev
	@exec $(BIN)/python -m benchmarks.bench_citizens $(OPTIONS)

accuracy: ## Đo độ chính xác khi đọc, kiểm tra, khôi phục văn bản – measure how rightly documents are read
	@PYTHON="$(PYTHON)" scripts/setup dev
	@exec $(BIN)/python -m benchmarks.accuracy

manual: ## Chụp lại ảnh của sổ tay sử dụng – take the pictures of the manual anew
	@PYTHON="$(PYTHON)" scripts/setup dev
	@DINHLANG_MANUAL=1 exec $(BIN)/pytest -q -m browser tests/test_days_browser.py tests/test_face_browser.py tests/test_upward_browser.py tests/test_airing_browser.py tests/test_citizens_browser.py

clean: ## Xóa môi trường và kết quả trung gian, giữ dữ liệu trong var/ – remove .venv and caches, keep var/
	rm -rf .venv .venv-peers .venv-upward .venv-wagtail .venv-fuzz .venv-node tests/lighthouse/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
