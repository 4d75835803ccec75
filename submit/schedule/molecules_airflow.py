"""Airflow (2.4 or newer): the weekly model of the molecules. The clone is in /opt/kindling on the worker.

The pipeline skips what is done and tries again by itself, so Airflow's own retries only cover a worker that dies; the JSON object that it
prints last becomes the task's XCom.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="kindling_molecules",
    schedule="15 3 * * 1",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
) as dag:
    BashOperator(
        task_id="pipeline",
        bash_command="cd /opt/kindling && submit/kindling pipeline run submit/examples/molecules.yaml --date {{ ds }} --log json",
        retries=1,
        retry_delay=timedelta(minutes=5),
        do_xcom_push=True,
    )
