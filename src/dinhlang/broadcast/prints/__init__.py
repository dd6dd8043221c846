"""What is printed of the commune's news: leaflets to hand out, posters, banners and sheets for a board to hang.

A print has words that may be printed when they are word for word those of something published, or when the leader has
approved them. The register then says what was printed, how many, where it hangs and until when; each place that really
carried it is a line of the ledger (NĐ 49/2024/NĐ-CP: bảng tin công cộng, tài liệu không kinh doanh). What is taken back
where it came from is printed no more, and whoever keeps the register is told where it still hangs.
"""
