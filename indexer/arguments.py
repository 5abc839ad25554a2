"""What can be typed after `python -m indexer`: the commands and their options."""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer.watch import SCAN_EVERY


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m indexer", description="QC 成果案例库：收入报告，维护索引")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="收入报告（文件、文件夹、zip）")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--json", action="store_true", dest="as_json", help="每个文件输出一行 JSON")
    commands.add_parser("sync", help="把案例库的改动写入索引")
    commands.add_parser("rebuild", help="另建新索引后一次切换")
    commands.add_parser("check", help="检查案例库与索引，不改动任何东西")
    commands.add_parser("refused", help="列出被拒收的文件及原因")
    correct = commands.add_parser("set", help="更正案例的字段，如 set 2023-0001 unit=某公司 target.goal=96")
    correct.add_argument("case_id", metavar="ID")
    correct.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    one = commands.add_parser(
        "merge", help="两个案例是同一成果时，把后一个并入前一个；原件和奖项都保留，旧编号的网址仍然有效"
    )
    one.add_argument("keep_id", metavar="KEEP")
    one.add_argument("other_id", metavar="OTHER")
    again = commands.add_parser("reread", help="按新规则重新识别原件，人工更正的内容不变")
    again.add_argument("case_ids", nargs="*", metavar="ID")
    again.add_argument("--all", action="store_true", dest="every", help="全部案例")
    prizes = commands.add_parser("awards", help="登记获奖名单（xlsx、csv、docx）")
    prizes.add_argument("file", type=Path, metavar="FILE")
    prizes.add_argument("--event", default="", help="评选或会议名称，名单中没有时用")
    prizes.add_argument("--issuer", default="", help="颁奖单位")
    prizes.add_argument("--year", type=int, help="年度")
    prizes.add_argument("--decide", nargs="+", default=[], metavar="ROW=ID", help="存疑的行属于哪个案例，或 ROW=new")
    prizes.add_argument("--json", action="store_true", dest="as_json", help="每行输出一行 JSON")
    alike = commands.add_parser("similar", help="找出与一个文件（报告、课题名称或一段文字）相似的案例，不保存任何内容")
    alike.add_argument("file", type=Path, metavar="FILE", help="文件，或 - 表示标准输入")
    alike.add_argument("--json", action="store_true", dest="as_json", help="输出一个 JSON 对象")
    drawn = commands.add_parser("pages", help="预先备好原件的页面图片（不运行也行，网页上打开时会现做）")
    drawn.add_argument("case_ids", nargs="*", metavar="ID")
    drawn.add_argument("--all", action="store_true", dest="every", help="全部案例")
    said = commands.add_parser("feedback", help="列出读者的反馈")
    said.add_argument("--done", nargs="+", type=int, default=[], metavar="N", help="已处理的编号，不再列出")
    guard = commands.add_parser("watch", help="看守一个文件夹，放入的文件自动收入")
    guard.add_argument("folder", type=Path, metavar="DIR")
    guard.add_argument("--every", type=float, default=SCAN_EVERY, metavar="SECONDS", help="每隔多少秒看一次")
    return made
