"""OGI Reports: annual reports on open government information (政府信息公开工作年度报告) as open data.

Open `pipeline.py` first: it is the flow, stage by stage.
"""

__version__ = "0.1.0"
